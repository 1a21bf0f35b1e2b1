"""The work that goes on beside the jobs: letters out, and what came in."""

from __future__ import annotations

from threading import Event

from ....core.answers import Service
from ....core.node import Node
from .crew import Crew
from .handling import Reading
from .signed_way import SignedWay


def _deliver(node: Node) -> int:
    crew = Crew(node, SignedWay())
    try:
        return crew.finish()
    finally:
        crew.close()


def _keep_delivering(node: Node, stop: Event) -> None:
    Crew(node, SignedWay()).go_on(stop)


def _read(node: Node) -> int:
    return Reading(node).finish()


def _keep_reading(node: Node, stop: Event) -> None:
    Reading(node).go_on(stop)


SERVICES = (
    Service("federation.received", _read, _keep_reading),
    Service("federation.letters", _deliver, _keep_delivering),
)
