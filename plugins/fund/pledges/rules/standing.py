"""How a pledge and a drive stand, derived from what is written down of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from .....core.values import Won
from .drives import OPEN

WAITING, ARRIVED, TAKEN_BACK, LAPSED, GIVEN, OWED, PAID_BACK = (
    "waiting", "arrived", "taken_back", "lapsed", "given", "owed", "paid_back",
)  # fmt: skip


class Times(Protocol):
    """What has happened to a pledge, and when; empty is not (yet)."""

    @property
    def taken_back_at(self) -> object: ...
    @property
    def arrived_at(self) -> object: ...
    @property
    def lapsed_at(self) -> object: ...
    @property
    def moved_at(self) -> object: ...
    @property
    def owed_at(self) -> object: ...
    @property
    def paid_back_at(self) -> object: ...


def status_of(pledge: Times) -> str:
    """Return how a pledge stands: what happened last decides."""
    happened = (
        (pledge.paid_back_at, PAID_BACK), (pledge.owed_at, OWED), (pledge.moved_at, GIVEN),
        (pledge.taken_back_at, TAKEN_BACK), (pledge.lapsed_at, LAPSED),
        (pledge.arrived_at, ARRIVED),
    )  # fmt: skip
    return next((status for at, status in happened if at is not None), WAITING)


class Days(Protocol):
    """A drive as its phase needs it."""

    @property
    def state(self) -> str: ...
    @property
    def first_until(self) -> date | None: ...
    @property
    def second_until(self) -> date | None: ...
    @property
    def second_days(self) -> int: ...
    @property
    def reached_at(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Phase:
    """Where a drive is: ``pledging`` takes pledges until ``until`` (that day included), then the
    treasurer counts. ``round`` is 1 or 2."""

    pledging: bool
    counting: bool
    round: int
    until: date | None
    days_left: int


def phase_of(drive: Days, today: date) -> Phase:
    """Return where a drive is on a day."""
    number = 1 if drive.reached_at is None else 2
    until = drive.first_until if number == 1 else drive.second_until
    is_open = drive.state == OPEN and until is not None
    left = max(0, (until - today).days) if until is not None else 0
    pledging = is_open and until is not None and today <= until
    return Phase(pledging, is_open and not pledging, number, until, left)


@dataclass(frozen=True, slots=True)
class Standing:
    """The won of a drive: ``pledged`` and not taken back, of it ``arrived`` and of it sold as
    rewards; ``match`` what is added; ``people`` who have pledged."""

    minimum: Won
    optimum: Won
    pledged: Won
    arrived: Won
    sold: Won
    match: Won
    people: int

    @property
    def counted(self) -> Won:
        return Won(self.pledged + self.match)

    @property
    def missing(self) -> Won:
        """What is missing to the minimum."""
        return Won(max(0, self.minimum - self.counted))

    @property
    def possible(self) -> Won:
        """What can still be pledged: a match makes room for what people give themselves."""
        return Won(max(0, self.optimum - self.pledged))
