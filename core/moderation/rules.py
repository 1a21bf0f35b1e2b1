"""What moderation knows: reasons, measures, deadlines, and who may decide what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from ..values import Message

REASONS = {
    "wrong": Message("It says something wrong or misleading", {}),
    "danger": Message("It is dangerous or spoiled", {}),
    "unlawful": Message("It may not be sold or shown", {}),
    "privacy": Message("It shows somebody's private matters", {}),
    "defamation": Message("It harms somebody's good name", {}),
    "copyright": Message("It uses somebody's work without leave", {}),
    "hate": Message("It insults or threatens people", {}),
    "spam": Message("It is advertising that does not belong here", {}),
    "other": Message("Something else", {}),
}
"""Codes of why something is reported, and why a measure is taken."""

OWN_RIGHTS = ("privacy", "defamation", "copyright")
"""Reasons for which one whose rights are infringed can ask for deletion (정보통신망법
§44의2)."""

REPORT, DELETION = "report", "deletion"

NONE, NOTE, HIDE, REMOVE = "none", "note", "hide", "remove"
MEASURES = {
    NONE: Message("No measure", {}),
    NOTE: Message("A note to those who run it", {}),
    HIDE: Message("Hidden for 30 days at most", {}),
    REMOVE: Message("Removed", {}),
}
STANDING = (HIDE, REMOVE)
"""Measures that keep a thing from being seen until they end."""

BY_TIME, BY_LIFT, BY_APPEAL = "time", "lift", "appeal"
UPHELD, OVERTURNED = "upheld", "overturned"

HIDDEN_FOR = timedelta(days=30)
"""The longest a temporary measure lasts (정보통신망법 §44의2④)."""

AT_ONCE, ANSWERED, APPEALED = timedelta(hours=24), timedelta(days=7), timedelta(days=7)
"""How long the stewards have: for what cannot wait, for other reports, for an appeal."""

MOST = 2_000
"""Letters of what is written in a report, a decision or an appeal."""


def due(kind: str, reason: str, at: datetime) -> datetime:
    """Return until when a report is to be decided: without delay if somebody asks for deletion
    (정보통신망법 §44의2②) or if somebody may come to harm."""
    return at + (AT_ONCE if kind == DELETION or reason == "danger" else ANSWERED)


def ends(measure: str, at: datetime) -> datetime | None:
    """Return when a measure ends by itself, None if it does not."""
    return at + HIDDEN_FOR if measure == HIDE else None


def may_decide(
    person_id: int, *, stewards: Collection[int], part_of: Collection[int]
) -> Message | None:
    """Return why this steward had better not decide about a thing, None if they may.

    ``part_of``: who runs the thing or asks for something about it. Where nobody else could decide,
    the one who is there does.
    """
    others = set(stewards) - set(part_of)
    if person_id in part_of and others:
        return Message("This concerns you yourself. Please let another steward decide.", {})
    return None


def may_decide_appeal(
    person_id: int, *, first: int | None, appellant: int, stewards: Collection[int]
) -> Message | None:
    """Return why this steward may not decide about an appeal, None if they may: never who took the
    measure, never who appeals."""
    if person_id not in (first, appellant):
        return None
    if set(stewards) - {first, appellant}:
        return Message("Only somebody else than who took the measure decides about an appeal.", {})
    return Message(
        "Only somebody else than who took the measure decides about an appeal, and there is no"
        " other steward. Please make somebody else steward who decides, or lift the measure"
        " yourself.",
        {},
    )
