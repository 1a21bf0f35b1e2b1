"""Names: of events among all things, of how they stand, and of what people are told."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from .....core.answers import NoticeKind
from .....core.values import Message

KIND = "event"
SEEN_FOR = timedelta(days=7)
"""How long after an event those who held it see who came."""

FOLLOWED = NoticeKind(
    "locality.event",
    Message("Events of whom I follow", {}),
    Message("What the shops, producers and groups that you follow invite to.", {}),
    order=62,
)
MINE = NoticeKind(
    "locality.coming",
    Message("Events that I come to", {}),
    Message("You have a place, it is tomorrow, moved or called off.", {}),
    default="now",
    order=64,
)


class State(StrEnum):
    """How an event stands: nobody else sees it yet, everyone does, or nobody any more."""

    DRAFT = "draft"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"


def subject_of(event_id: int) -> str:
    """Return the name of an event among all things."""
    return f"{KIND}:{event_id}"


def path_of(event_id: int) -> str:
    """Return the path of its page."""
    return f"/events/{event_id}"
