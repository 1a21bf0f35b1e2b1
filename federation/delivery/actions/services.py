"""The work that goes on beside the jobs: letters out, and what came in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event

from ....core.answers import Service
from ....core.node import Node
from .carrying import Way
from .crew import Crew
from .handling import Reading, Taker
from .signed_way import SignedWay


def services(
    takers: Sequence[Taker], *, way: Callable[[], Way] = SignedWay
) -> tuple[Service, Service]:
    """Return both; ``takers`` are asked first for what comes in, before any other plugin."""

    def deliver(node: Node) -> int:
        crew = Crew(node, way())
        try:
            return crew.finish()
        finally:
            crew.close()

    def keep_delivering(node: Node, stop: Event) -> None:
        Crew(node, way()).go_on(stop)

    def read(node: Node) -> int:
        return Reading(node, takers).finish()

    def keep_reading(node: Node, stop: Event) -> None:
        Reading(node, takers).go_on(stop)

    return (
        Service("federation.received", read, keep_reading),
        Service("federation.letters", deliver, keep_delivering),
    )
