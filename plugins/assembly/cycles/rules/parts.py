"""A producer's own terms in a round, and what they lead to at the cut-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from .....core.errors import Invalid, Refused
from .....core.values import Message
from .states import State

MOST_WON, MOST_UNITS = 1_000_000_000, 100_000


class Below(StrEnum):
    """What is to be done with orders that stay below the minimum; chosen beforehand."""

    CONFIRM = "confirm"
    CANCEL = "cancel"
    CARRY = "carry"


class Outcome(StrEnum):
    """What was done at the cut-off with what was ordered of a producer."""

    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    CARRIED = "carried"


_BELOW = {
    Below.CONFIRM: Outcome.CONFIRMED,
    Below.CANCEL: Outcome.CANCELLED,
    Below.CARRY: Outcome.CARRIED,
}


@dataclass(frozen=True, slots=True)
class Ordered:
    """What all residents together ordered of a producer: won, and units of all products."""

    won: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms on which a producer takes part; ``cut_off`` None is the round's, a minimum of 0
    is none."""

    cut_off: datetime | None = None
    minimum_won: int = 0
    minimum_units: int = 0
    below: Below = Below.CONFIRM

    @property
    def has_minimum(self) -> bool:
        return self.minimum_won > 0 or self.minimum_units > 0

    def reached_by(self, ordered: Ordered) -> bool:
        """Say whether so much is enough; of two minimums both have to be reached."""
        return ordered.won >= self.minimum_won and ordered.units >= self.minimum_units

    def check(self, opens_at: datetime, cut_off: datetime) -> None:
        """Raise ``Invalid`` unless the terms fit into a round with these times."""
        wrong: dict[str, list[Message]] = {}
        if self.cut_off is not None and self.cut_off > cut_off:
            wrong["cut_off"] = [
                Message("A producer's own cut-off cannot be after the cut-off of the round.", {})
            ]
        if self.cut_off is not None and self.cut_off <= opens_at:
            wrong["cut_off"] = [Message("The cut-off must come after the opening.", {})]
        for name, most in (("minimum_won", MOST_WON), ("minimum_units", MOST_UNITS)):
            if not 0 <= getattr(self, name) <= most:
                wrong[name] = [Message("Between 0 and %(most)s.", {"most": f"{most:,}"})]
        if wrong:
            raise Invalid(wrong)


def decide(terms: Terms, ordered: Ordered) -> Outcome:
    """Return what becomes of what was ordered of a producer: the rule speaks only below the
    minimum."""
    return Outcome.CONFIRMED if terms.reached_by(ordered) else _BELOW[terms.below]


def check_promise(before: Terms, after: Terms) -> None:
    """Refuse harder terms than those at which somebody has ordered already."""
    harder = after.minimum_won > before.minimum_won or after.minimum_units > before.minimum_units
    if harder or (after.below is not before.below and after.below is not Below.CONFIRM):
        raise Refused(
            "Residents have ordered at these terms already. The minimum can only become lower, "
            "and below it the orders can only be confirmed."
        )


def part_cut_off(own: datetime | None, cut_off: datetime) -> datetime:
    """Return when orders of a producer end in a round that ends at ``cut_off``."""
    return cut_off if own is None else min(own, cut_off)


def sheet_is_out(state: State, own: datetime | None, outcome: str | None) -> bool:
    """Say whether a producer may have the order sheet: from its sending on, or as soon as it was
    confirmed at a cut-off of its own, from which on residents change nothing of it."""
    early = own is not None and outcome == Outcome.CONFIRMED
    return state.reached(State.SENT) or (early and state.reached(State.OPEN))


def own_cut_off(
    own: datetime | None, before: datetime, opens_at: datetime, after: datetime
) -> datetime | None:
    """Return a producer's cut-off in another round: as long before its end as in the one that
    ended at ``before``; None if there is no room for it."""
    if own is None:
        return None
    moved = after - max(before - own, timedelta())
    return moved if opens_at < moved < after else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided on a producer; ``lines`` are those that it concerns."""

    seller_id: int
    terms: Terms
    ordered: Ordered
    outcome: Outcome
    lines: Sequence[Any]

    @property
    def gone(self) -> bool:
        """Whether nothing of it comes."""
        return self.outcome is not Outcome.CONFIRMED

    @property
    def below(self) -> bool:
        """Whether the minimum was not reached."""
        return not self.terms.reached_by(self.ordered)
