"""Mail that was written by day and could not leave until night waits for the morning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from ...errors import Later
from ...node import Node
from ...outbox import Work
from ..rules import out_of


def respectful(node: Node, send: Work) -> Work:
    """Return a way to send mail that keeps the quiet hours which a letter names, whenever its turn
    comes: a server that was down, or a worker, must not wake anybody."""

    def work(letter: Mapping[str, Any]) -> None:
        if letter.get("quiet"):
            now = node.clock.now()
            free = out_of(letter["quiet"], now, ZoneInfo(node.settings.node.time_zone))
            if free > now:
                raise Later(free)
        send(letter)

    return work
