"""What a match fund adds to pledges: within four caps, in the order of the pledges, to the won."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .....core.values import WHOLE


@dataclass(frozen=True, slots=True)
class Caps:
    """The four caps: how much is added to a won in basis points, and at most so many won for one
    pledge, for one drive and for one person."""

    factor_bp: int
    per_pledge: int
    per_drive: int
    per_person: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A gift that a match fund may add to; ``who`` is the same for all pledges of a person."""

    pledge_id: int
    drive_id: int
    who: int
    amount: int


@dataclass
class Used:
    """What is fixed already: won that were added in rounds that have ended."""

    by_drive: Counter[int] = field(default_factory=Counter)
    by_person: Counter[int] = field(default_factory=Counter)


def matched(
    caps: Caps, pot: int, claims: Iterable[Claim], *, used: Used, room: dict[int, int]
) -> dict[int, int]:
    """Return the won added to each pledge, by its id; those with nothing are left out.

    Pledges are served in the order of their ids, whatever order they come in. ``pot``: what the
    fund still has. ``room``: how much each drive still takes up to its optimum, all pledges counted
    already: what people give themselves comes before what is added.
    """
    added: dict[int, int] = {}
    drives, people, spare = used.by_drive.copy(), used.by_person.copy(), dict(room)
    for claim in sorted(claims, key=lambda each: each.pledge_id):
        won = min(
            claim.amount * caps.factor_bp // WHOLE,
            caps.per_pledge,
            caps.per_drive - drives[claim.drive_id],
            caps.per_person - people[claim.who],
            spare.get(claim.drive_id, 0),
            pot,
        )
        if won <= 0:
            continue
        added[claim.pledge_id] = won
        pot -= won
        drives[claim.drive_id] += won
        people[claim.who] += won
        spare[claim.drive_id] -= won
    return added
