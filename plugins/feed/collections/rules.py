"""What holds for collections whoever asks: no session, no request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

MOST_ITEMS = 100
"""Things in one collection."""

MOST_COLLECTIONS = 60
"""Collections that one person has of their own."""

MOST_CURATORS = 8
"""People who are asked to make one collection together, besides who began it."""

MOST_ON_HOME = 6
"""Collections that the home page shows besides the selection of the week."""

A_DAY, A_DAY_OF_NEWCOMERS = 200, 30
"""Things that one person puts into collections in 24 hours: those listed are told of each."""

SHOWN_A_DAY, SHOWN_A_DAY_OF_NEWCOMERS = 20, 3
"""How often one person shows a collection to everyone in 24 hours."""

KIND = "collection"
PAGE = "curator"
WEEKLY = "weekly:1"
"""What somebody follows who wants to be told of each week's selection."""

HANDLE = re.compile(r"@(collection|weekly)\.([1-9][0-9]{0,8})")
"""Names by which other nodes know these: with a sign that no person's and no page's name has."""

EDITOR = "editor"
"""The role, held on the node, of those who choose for the week."""

NOT_CHOSEN = frozenset({KIND, PAGE, "weekly", "person", "circle"})
"""Kinds that nobody puts into a collection: people are not listed, and no list lists itself."""

_SUBJECT = re.compile(r"[a-z_]{1,30}:[0-9]{1,9}")


def subject_of(collection_id: int) -> str:
    """Return what names a collection."""
    return f"{KIND}:{collection_id}"


def parts(subject: str) -> tuple[str, int] | None:
    """Return kind and number of what can be chosen, None if the text names no such thing."""
    if not _SUBJECT.fullmatch(subject):
        return None
    kind, _, number = subject.partition(":")
    return None if kind in NOT_CHOSEN else (kind, int(number))


def number_of(subject: str, kind: str) -> int | None:
    """Return the number of a subject of this kind, None if it is of another."""
    found, _, number = subject.partition(":")
    return int(number) if found == kind and _SUBJECT.fullmatch(subject) else None


def handle_of(subject: str) -> str:
    """Return the name before the @ by which other nodes know a collection, or the weekly one."""
    return subject.replace(":", ".")


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def moved(order: Sequence[int], one: int, step: str) -> list[int]:
    """Return the order after ``one`` went a step: "up", "down", "first" or "last".

    All else, and a step over the edge, leaves it as it is.
    """
    place = order.index(one) if one in order else 0
    target = {"up": place - 1, "down": place + 1, "first": 0, "last": len(order) - 1}
    return placed(order, one, target.get(step, place))


def placed(order: Sequence[int], one: int, place: int) -> list[int]:
    """Return the order with ``one`` at a place, counted from 0; the nearest that there is."""
    found = list(order)
    if one in found:
        found.remove(one)
        found.insert(min(max(place, 0), len(found)), one)
    return found
