"""Open calls and applications: when a call takes applications, and the steps of each of these."""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from .....core.values import Message

RECEIVED, REVIEW, TALK = "received", "review", "talk"
ACCEPTED, REFUSED, WITHDRAWN = "accepted", "refused", "withdrawn"
STATES: Mapping[str, Message] = {
    RECEIVED: Message("Received", {}),
    REVIEW: Message("Being looked at", {}),
    TALK: Message("In conversation", {}),
    ACCEPTED: Message("Accepted", {}),
    REFUSED: Message("Not accepted", {}),
    WITHDRAWN: Message("Application taken back", {}),
}
_NEXT: Mapping[str, frozenset[str]] = {
    RECEIVED: frozenset({REVIEW, WITHDRAWN}),
    REVIEW: frozenset({TALK, REFUSED, WITHDRAWN}),
    TALK: frozenset({ACCEPTED, REFUSED, WITHDRAWN}),
    ACCEPTED: frozenset(),
    REFUSED: frozenset(),
    WITHDRAWN: frozenset(),
}
WAYS = (RECEIVED, REVIEW, TALK, ACCEPTED)
"""The states on the way to being accepted, in their order."""
ENDS = frozenset({ACCEPTED, REFUSED, WITHDRAWN})
OPEN_STATES = frozenset(STATES) - ENDS
AREA, HUB, BOTH = "area", "hub", "both"
KINDS: Mapping[str, Message] = {
    AREA: Message("A new area with a node of its own", {}),
    HUB: Message("A new hub in this area", {}),
}
COMING, OPEN, OVER = "coming", "open", "over"


def may_become(state: str, new: str) -> bool:
    """Say whether an application may go from one state to the other."""
    return new in _NEXT.get(state, frozenset())


def next_by_stewards(state: str) -> tuple[str, ...]:
    """Return the states into which stewards may bring an application; its own people take it
    back."""
    return tuple(each for each in STATES if each != WITHDRAWN and may_become(state, each))


def stands(opens_at: datetime, closes_at: datetime, now: datetime) -> str:
    """Say whether a call is still to come, open, or over."""
    return COMING if now < opens_at else OPEN if now < closes_at else OVER


def kinds_of(call_kind: str) -> tuple[str, ...]:
    """Return what may be applied for under a call."""
    return (AREA, HUB) if call_kind == BOTH else (call_kind,)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a group writes that wants to found a hub or an area; ``households``: how many stand
    behind it. ``may_introduce``: its contact may be handed to those who run neighbouring nodes."""

    kind: str
    group: str
    province: str
    place: str
    households: int
    motivation: str
    name: str
    email: str
    phone: str
    may_introduce: bool


_LETTERS = 16
"""80 bits: nobody finds another one's code by trying."""


def code_of(secret: str, application_id: int) -> str:
    """Return the code with which its people follow an application: "12-ABCD-EFGH-JKLM-NPQR".

    It is made of the node's own secret, so that it need not be kept and can be told again.
    """
    told = f"locality.application:{application_id}".encode()
    text = b32encode(hmac.new(secret.encode(), told, sha256).digest()).decode()[:_LETTERS]
    return "-".join((str(application_id), *(text[at : at + 4] for at in range(0, _LETTERS, 4))))


def id_of(code: str, secret: str) -> int | None:
    """Return whose code this is, as it was typed; None if it is nobody's."""
    number, _, letters = code.strip().upper().partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    given = "-".join((str(int(number)), letters.replace(" ", "")))
    right = code_of(secret, int(number))
    return int(number) if hmac.compare_digest(given.encode(), right.encode()) else None
