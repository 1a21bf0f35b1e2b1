"""How a loan stands on a day: what is due, what is late, and what a payment pays.

A payment pays late interest first, then interest that is due, then principal (Civil Act article
479). Late interest is taken on principal that is late, by days; never on interest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .....core.errors import Refused
from .schedule import Due, by_day, monthly, months_after, plan


@dataclass(frozen=True, slots=True)
class Parts:
    """What a payment consists of, in won."""

    late: int
    interest: int
    principal: int

    @property
    def amount(self) -> int:
        return self.late + self.interest + self.principal


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment that counts."""

    on: date
    parts: Parts


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a loan on a day.

    ``now`` is due by that day; ``lines`` are all instalments with what is left to pay of each, and
    ``next`` the first one that is not due yet and not paid. ``late_since`` is the day of the oldest
    one that is late. ``accrued`` is the interest since the last day of payment, of which ``ahead``
    was paid already.
    """

    day: date
    principal: int
    now: Parts
    lines: tuple[Due, ...]
    next: Due | None
    late_since: date | None
    accrued: int
    ahead: int

    @property
    def days_late(self) -> int:
        return 0 if self.late_since is None else (self.day - self.late_since).days


class _Fold:
    """A plan while its payments are laid upon it, in their order."""

    def __init__(self, dues: Sequence[Due], late_bp: int, start: date) -> None:
        self.dues, self.late_bp, self.day = dues, late_bp, start
        self.interest = [due.interest for due in dues]
        self.principal = [due.principal for due in dues]
        self.late = 0

    def go_to(self, day: date) -> None:
        for due, left in zip(self.dues, self.principal, strict=True):
            self.late += by_day(left, self.late_bp, max(due.due_on, self.day), day)
        self.day = max(self.day, day)

    def pay(self, paid: Paid) -> None:
        self.go_to(paid.on)
        self.late -= paid.parts.late
        _lay(self.interest, paid.parts.interest)
        _lay(self.principal, paid.parts.principal)

    def lines(self) -> tuple[Due, ...]:
        return tuple(
            Due(due.number, due.due_on, interest, principal)
            for due, interest, principal in zip(
                self.dues, self.interest, self.principal, strict=True
            )
        )


def _lay(left: list[int], amount: int) -> None:
    for place, each in enumerate(left):
        taken = min(each, amount)
        left[place] -= taken
        amount -= taken


def stands(
    dues: Sequence[Due], paid: Sequence[Paid], day: date, *, start: date, rate_bp: int, late_bp: int
) -> Standing:
    """Return how a loan stands at the end of ``day`` by its plan that begins on ``start``."""
    fold = _Fold(dues, late_bp, start)
    for each in paid:
        fold.pay(each)
    fold.go_to(day)
    lines = fold.lines()
    due = [line for line in lines if line.due_on <= day]
    coming = [line for line in lines if line.due_on > day]
    late = [line.due_on for line in due if line.due_on < day and line.amount]
    begun = max([start, *(line.due_on for line in due)])
    whole = next((each for each in dues if each.due_on > day), None)
    running = sum(line.principal for line in coming)
    accrued = 0
    if whole is not None:
        accrued = min(whole.interest, by_day(running, rate_bp, begun, day))
    return Standing(
        day, sum(line.principal for line in lines),
        Parts(max(0, fold.late), sum(x.interest for x in due), sum(x.principal for x in due)),
        lines, next((line for line in coming if line.amount), None), min(late, default=None),
        accrued, whole.interest - coming[0].interest if whole is not None else 0,
    )  # fmt: skip


def split(standing: Standing, amount: int) -> Parts:
    """Return what ``amount`` won pay: late interest, interest, principal, in this order; what is
    left over goes to the next instalment. ``Refused`` for more than that."""
    ahead = standing.next
    most = standing.now.amount + (ahead.amount if ahead else 0)
    if amount > most:
        raise Refused(
            "Up to the next instalment only %(most)s won can be paid. Please record more than that"
            " as a repayment before time.",
            most=f"{most:,}",
        )
    taken, left = [], amount
    wanted = (standing.now.late, standing.now.interest, standing.now.principal,
              ahead.interest if ahead else 0, ahead.principal if ahead else 0)  # fmt: skip
    for want in wanted:
        taken.append(min(want, left))
        left -= taken[-1]
    return Parts(taken[0], taken[1] + taken[3], taken[2] + taken[4])


def early(standing: Standing, amount: int | None = None) -> Parts:
    """Return what a repayment before time consists of, without any fee: all that is due, interest
    to the day, and then principal. ``amount`` None pays all of it back."""
    late = standing.now.late
    interest = standing.now.interest + max(0, standing.accrued - standing.ahead)
    if amount is None:
        return Parts(late, interest, standing.principal)
    principal = amount - late - interest
    if principal <= standing.now.principal:
        raise Refused("This does not pay more than what is due. Please record it as a payment.")
    if principal > standing.principal:
        raise Refused(
            "This is more than is left to pay: %(left)s won",
            left=f"{late + interest + standing.principal:,}",
        )
    return Parts(late, interest, principal)


def later_plan(
    standing: Standing, *, out_on: date, rate_bp: int, way: str, grace: int = 0,
    carried: int = 0, principal: int | None = None,
) -> tuple[Due, ...]:  # fmt: skip
    """Return a new plan from the day of ``standing`` on for what is left of a loan.

    The days of payment stay those of the month; for ``grace`` months more only interest is paid.
    ``carried`` is interest that is owed already: it is paid after the grace, and bears none itself.
    """
    left = standing.principal if principal is None else principal
    coming = sum(1 for line in standing.lines if line.due_on > standing.day)
    months = max(1, coming + grace)
    first = next(each for each in range(1, 2_400) if months_after(out_on, each) > standing.day)
    pause = grace if grace < months else 0
    dues = list(plan(left, rate_bp, months, way=way, start=out_on, grace=pause, first=first))
    begun = dues[0]
    interest = min(monthly(left, rate_bp), by_day(left, rate_bp, standing.day, begun.due_on))
    dues[0] = Due(begun.number, begun.due_on, interest, begun.principal)
    after = dues[pause]
    dues[pause] = Due(after.number, after.due_on, after.interest + carried, after.principal)
    return tuple(dues)
