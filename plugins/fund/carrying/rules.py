"""When money of a decision may be paid: no session, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ....core.answers import NoticeKind
from ....core.values import Message, Won

PAY_EARLY, NO_REPORT, LATER = "pay_early", "no_report", "later"
"""What may be left aside, each time with a reason that everyone reads."""

REMIND_JOB = "fund.report_due"
REMIND_DAYS = 7
TELL = NoticeKind(
    "fund.project",
    Message("Projects of the fund", {}),
    Message("A milestone of a project that I lead or look after is shown or accepted, or a report"
            " is due.", {}),
    default="now",
    order=72,
)  # fmt: skip
KINDS = (TELL,)


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it was decided: what is reached by which day, and the won it then sets free."""

    title: str
    amount: int
    due_on: date


class Reached(Protocol):
    """A milestone as the sums need it."""

    @property
    def id(self) -> int: ...
    @property
    def amount(self) -> int: ...
    @property
    def accepted_at(self) -> object: ...


def released(milestones: Iterable[Reached], early: Mapping[int, int]) -> Won:
    """Return the won that may be paid in all: of accepted milestones the whole amount, of others
    what was let out ``early`` (by milestone id), never more than theirs."""
    return Won(
        sum(
            each.amount
            if each.accepted_at is not None
            else max(0, min(each.amount, early.get(each.id, 0)))
            for each in milestones
        )
    )


def payable(released: int, spent: int, left: int) -> Won:
    """Return what may be paid now: never below nothing, and never more than there is."""
    return Won(max(0, min(released - spent, left)))


def subject_of(earmark_id: int) -> str:
    """Return what an undertaking is called in notices and complaints."""
    return f"project:{earmark_id}"


def path_of(earmark_id: int) -> str:
    """Return where an undertaking's page stands."""
    return f"/fund/projects/{earmark_id}"


OPEN, LATE, SHOWN, ASKED, ACCEPTED = "open", "late", "shown", "asked", "accepted"


class Stood(Protocol):
    """A milestone as its state is told."""

    @property
    def accepted_at(self) -> object: ...
    @property
    def shown_at(self) -> object: ...
    @property
    def asked(self) -> str: ...
    @property
    def due_on(self) -> date: ...


def state_of(step: Stood, today: date) -> str:
    """Return how a milestone stands: accepted, shown, asked (for more), late or open."""
    if step.accepted_at is not None:
        return ACCEPTED
    if step.shown_at is not None:
        return SHOWN
    if step.asked:
        return ASKED
    return LATE if step.due_on < today else OPEN
