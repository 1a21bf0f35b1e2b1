"""What a phone may send of a day at the hub, and how each entry is told apart from all others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from ....core.values import Message
from ..cycles.rules import State

TAKING_ALONG = frozenset({State.RECEIVED, State.PACKED, State.DISTRIBUTING})
"""The states in which there is something to do on a phone: from the arrival of the goods on."""

MOST_OPERATIONS = 50
"""Entries in one request: a phone that was away for long sends several."""

MOST_BYTES = 64 * 1024
"""The largest request; an entry has less than one kilobyte."""

MOST_ORDERS = 1_000
"""Orders that one phone takes along."""


class Kind(StrEnum):
    """What is done with an order at the hub."""

    TICK = "tick"
    BAGS = "bags"
    WEIGH = "weigh"
    LESS = "less"
    BACK = "back"
    HAND = "hand"
    ABSENT = "absent"
    WAITS = "waits"


class Outcome(StrEnum):
    """What became of an entry: done now, done earlier, or left for a person to decide."""

    APPLIED = "applied"
    ALREADY = "already"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry of a phone: ``uid`` was made there, ``asked`` is what was typed by its names.

    ``seen`` is the version of the order that was shown; ``device_at`` what the phone's clock said,
    which nothing is decided by.
    """

    uid: str
    order_id: int
    kind: Kind
    asked: Mapping[str, Any]
    seen: int | None = None
    device_at: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of what is to be done: the same name must never stand for two things."""
        content = json.dumps([self.order_id, self.kind, sorted(self.asked.items())])
        return sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one entry; ``problem`` says why if a person has to decide, ``status`` is the
    number that a page would have answered with."""

    uid: str
    outcome: Outcome
    status: int = 200
    problem: Message | None = None
