"""Who gets a place: strictly in the order in which people asked, and never more than there are.

Nobody is overtaken: where somebody waits, whoever comes later waits too, even if they are fewer and
would fit. So a place may stay free for a moment; those at the head can come with fewer people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


class Date(Protocol):
    """What is known of a date: how many people have places, and how many parties wait."""

    @property
    def taken(self) -> int: ...
    @property
    def waiting(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who asked for places, and for how many people."""

    id: int
    people: int


def seats_left(capacity: int | None, taken: int) -> int | None:
    """Return how many more may come; None: as many as like."""
    return None if capacity is None else max(0, capacity - taken)


def free_seats(capacity: int | None, date: Date) -> int | None:
    """Return how many somebody who comes now can have: none while others wait."""
    return 0 if date.waiting else seats_left(capacity, date.taken)


def promoted(capacity: int | None, taken: int, waiting: Iterable[Party]) -> Sequence[Party]:
    """Return those of the waiting, in their order, who have a place now."""
    found: list[Party] = []
    left = seats_left(capacity, taken)
    for party in waiting:
        if left is not None:
            if party.people > left:
                break
            left -= party.people
        found.append(party)
    return found


def let_in(capacity: int | None, taken: int, waiting: int, people: int) -> bool:
    """Say whether so many people have a place at once, with ``waiting`` parties before them."""
    left = seats_left(capacity, taken)
    return left is None or (waiting == 0 and people <= left)
