"""How a loan is paid back, in whole won: three ways, each summing to the loan.

A month's interest is what stands of the loan × rate ÷ 12, the part below one won dropped; of the
principal the last instalment takes what division leaves.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .....core.errors import Invalid
from .....core.values import Message
from .lending import CAP_BP

EQUAL, ANNUITY, AT_END = WAYS = ("equal", "annuity", "end")
"""The same principal each month, the same payment each month, or all of it at the end."""

YEAR = 120_000
"""A yearly rate of basis points over this is that of a month."""

LONGEST_YEAR = 366


@dataclass(frozen=True, slots=True)
class Due:
    """An instalment: what is to be paid on a day, in won; fees stand in the interest."""

    number: int
    due_on: date
    interest: int
    principal: int

    @property
    def amount(self) -> int:
        return self.interest + self.principal


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monthly(amount: int, rate_bp: int) -> int:
    """Return a month's interest on so many won."""
    return amount * rate_bp // YEAR


def by_day(amount: int, rate_bp: int, since: date, until: date) -> int:
    """Return the interest from one day to another: a day is 1/366 of a year, so that no year, a
    leap year neither, ever comes to more than its rate."""
    return amount * rate_bp * max(0, (until - since).days) // (10_000 * LONGEST_YEAR)


def plan(
    amount: int, rate_bp: int, months: int, *, way: str, start: date, grace: int = 0, fee: int = 0,
    first: int = 1,
) -> tuple[Due, ...]:  # fmt: skip
    """Return the instalments of ``amount`` won over ``months``, in ``grace`` of them only interest.

    They are due so many months after ``start``, the first one ``first`` months. The fee is spread
    evenly, so that whoever pays early never pays more than the law allows.
    """
    if not 0 <= grace < months or amount < 1:
        raise ValueError(f"no plan of {amount} won over {months} months, {grace} of grace")
    dues, left = [], amount
    for place, principal in enumerate(_principals(amount, rate_bp, months, grace, way)):
        part = fee // months if place < months - 1 else fee - fee // months * (months - 1)
        due_on = months_after(start, first + place)
        dues.append(Due(place + 1, due_on, monthly(left, rate_bp) + part, principal))
        left -= principal
    return tuple(dues)


def _principals(amount: int, rate_bp: int, months: int, grace: int, way: str) -> Iterator[int]:
    count = months - grace
    yield from (0 for _ in range(grace))
    if way == AT_END:
        yield from (0 for _ in range(count - 1))
        yield amount
    elif way == ANNUITY and rate_bp:
        yield from _annuity(amount, rate_bp, count)
    else:
        each = amount // count
        yield from (each for _ in range(count - 1))
        yield amount - each * (count - 1)


def _annuity(amount: int, rate_bp: int, count: int) -> Iterator[int]:
    grown, still = (YEAR + rate_bp) ** count, YEAR**count
    payment = amount * rate_bp * grown // (YEAR * (grown - still))
    left = amount
    for _ in range(count - 1):
        principal = min(left, payment - monthly(left, rate_bp))
        yield principal
        left -= principal
    yield left


def check_cap(dues: Sequence[Due], late_bp: int = 0) -> None:
    """Raise ``Invalid`` if at any time more interest and fees were taken than the law allows."""
    left, taken, most = sum(due.principal for due in dues), 0, 0
    for due in dues:
        taken += due.interest
        most += monthly(left, CAP_BP)
        left -= due.principal
        if taken > most:
            raise Invalid({"fee": [Message(_FEE, {})]})
    if late_bp > CAP_BP:
        raise Invalid({"late_bp": [Message(_FEE, {})]})


_FEE = Message(
    "Interest and fees together come to more than 20 % a year. All that a lender takes counts as"
    " interest.",
    {},
).text
