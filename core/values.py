"""Values that every floor speaks of: won, basis points, texts in several languages."""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from zoneinfo import ZoneInfo

Won = NewType("Won", int)
"""An amount of money in whole won. There is no smaller unit and never a float."""

BasisPoints = NewType("BasisPoints", int)
"""A rate in hundredths of a per cent: 700 is 7 %."""

WHOLE = BasisPoints(10_000)


def share(amount: int, rate_bp: int) -> Won:
    """Return the part of ``amount`` won that ``rate_bp`` basis points make, half a won going up."""
    if amount < 0 or not 0 <= rate_bp <= WHOLE:
        raise ValueError(f"no share of {amount} won at {rate_bp} basis points")
    return Won((amount * rate_bp + WHOLE // 2) // WHOLE)


@dataclass(frozen=True, slots=True)
class Split:
    """Who gets how much of what was paid: three parts that sum to it, to the won."""

    producer: Won
    activist: Won
    centre: Won

    @property
    def paid(self) -> Won:
        return Won(self.producer + self.activist + self.centre)

    def __add__(self, other: Split) -> Split:
        return Split(
            Won(self.producer + other.producer),
            Won(self.activist + other.activist),
            Won(self.centre + other.centre),
        )


def split(amount: int, activist_bp: int, centre_bp: int) -> Split:
    """Split ``amount`` won: each share is rounded once, half a won up; the producer has the rest.

    >>> split(990 * 3, 700, 800)
    Split(producer=2524, activist=208, centre=238)
    """
    activist, centre = share(amount, activist_bp), share(amount, centre_bp)
    return Split(Won(amount - activist - centre), activist, centre)


NOTHING = Split(Won(0), Won(0), Won(0))
"""What sums of splits begin with."""


@dataclass(frozen=True, slots=True)
class Text:
    """A short text in the two languages of the house; English for whoever reads another."""

    ko: str
    en: str

    def in_language(self, language: str) -> str:
        return self.ko if language == "ko" else self.en


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person, kept as its English form and the values to put in it."""

    text: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


def kept_message(message: Message) -> str:
    """Return a message as it is kept to be told later in whatever language: at most 300 signs."""
    text = json.dumps([message.text, dict(message.values)], ensure_ascii=False, default=str)
    return text if len(text) <= 300 else json.dumps([message.text[:200], {}], ensure_ascii=False)


def told_message(text: str) -> Message | None:
    """Return the message that ``kept_message`` kept, or that stands there as a plain sentence.

    None if there is none.
    """
    if not text:
        return None
    words, values = json.loads(text) if text.startswith("[") else (text, {})
    return Message(words, values)


@dataclass(frozen=True, slots=True)
class At:
    """An instant in a message, told as the day and time of this zone: 11월 26일(목) 오후 4:00."""

    instant: datetime
    zone: ZoneInfo

    def __str__(self) -> str:
        return f"{self.instant.astimezone(self.zone):%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class SpaceFace:
    """A space as others may know it; ``kind`` is one of ``SPACE_KINDS``."""

    id: int
    kind: str
    slug: str
    name: str


SPACE_WORDS = {
    "node": Message("Node", {}),
    "hub": Message("Hub", {}),
    "producer": Message("Producer", {}),
    "shop": Message("Shop", {}),
    "organisation": Message("Organisation", {}),
    "circle": Message("Residents' circle", {}),
}
"""What a space of each kind is called."""

SPACE_KINDS = tuple(SPACE_WORDS)

STEWARD = "steward"
"""The role, held on the node itself, of whoever runs it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person who asks, as known for one request; ``roles`` are pairs of space id and role.

    A role on the node as a whole has None for its space. ``agreed`` is that of ``Person``,
    ``unread`` counts the notices on their bell that they have not read.
    """

    id: int
    name: str
    email: str
    language: str
    checked: bool = True
    session_id: int | None = None
    unread: int = 0
    roles: frozenset[tuple[int | None, str]] = frozenset()
    agreed: str = ""

    @property
    def is_steward(self) -> bool:
        return (None, STEWARD) in self.roles

    def spaces(self, *roles: str) -> frozenset[int]:
        """Return the ids of the spaces in which the person holds any of ``roles``."""
        return frozenset(space for space, role in self.roles if space is not None and role in roles)


def months_later(instant: datetime, months: int) -> datetime:
    """Return the same time of day so many calendar months later (earlier if below 0); where that
    month is too short, its last day."""
    year, month = divmod(instant.year * 12 + instant.month - 1 + months, 12)
    day = min(instant.day, monthrange(year, month + 1)[1])
    return instant.replace(year=year, month=month + 1, day=day)


EMPTY_DIGEST = bytes(32)
"""The digest of a publication without any thing in it."""


def item_mark(uri: str, version: int) -> bytes:
    """Return the SHA-256 of a published thing's address and version, 32 bytes.

    The XOR of the marks of all things tells whether two nodes know the same of a publication,
    without sending any of it (the way of FEP-8fcf); what comes and goes changes it by one XOR.
    """
    return hashlib.sha256(f"{uri}|{version}".encode()).digest()


def xor(one: bytes, other: bytes) -> bytes:
    """Return the XOR of two digests of the same length."""
    mixed = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")
    return mixed.to_bytes(len(one), "big")
