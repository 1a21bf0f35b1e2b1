"""A drive as it is proposed, its days, its accounts in the ledger, and what its money is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .....core.answers import NoticeKind
from .....core.errors import Invalid
from .....core.ledger import account
from .....core.values import Message
from ...carrying.rules import Step

PROPOSED, REFUSED, OPEN, SUCCEEDED, FAILED, CANCELLED = STATES = (
    "proposed", "refused", "open", "succeeded", "failed", "cancelled",
)  # fmt: skip
FINISHED = (SUCCEEDED, FAILED, CANCELLED)

BANK = account("bank")
BACK = account("pledge", "back")
"""What is owed back to those who pledged and has not been sent yet."""

LEAST = 1_000
MOST_GOAL = 100_000_000_000
MOST_DAYS = 120
"""Two rounds and the days of counting stay within the year of the Donations Act (article 4)."""

MOST_STEPS, MOST_REPORTS, MOST_REWARDS = 4, 2, 12
MOST_WAITING = 20
"""Pledges of one person that may wait in one drive."""

COUNTING_DAYS = 3
"""After the last day the treasurer has so long to look for transfers before the round ends."""

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Part:
    """A step of the work: so many won for it, done so many days after the money is there."""

    title: str
    amount: int
    days: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A drive as it is proposed: won and days; ``second_days`` 0 is one round alone.

    ``parts`` say what the minimum pays for and so sum to it; ``reports`` are the days after the
    money is there on which it is told how things go.
    """

    title: str
    summary: str
    story: str
    minimum: int
    optimum: int
    for_minimum: str
    for_optimum: str
    first_days: int
    second_days: int
    carrier: str
    parts: tuple[Part, ...]
    reports: tuple[int, ...]

    def check(self) -> None:
        """Raise ``Invalid`` where it does not hold together, saying why at the field."""
        wrong = {name: message for name, message in self._wrong().items() if message is not None}
        if wrong:
            raise Invalid({name: [message] for name, message in wrong.items()})

    def _wrong(self) -> dict[str, Message | None]:
        total = sum(each.amount for each in self.parts)
        sums = {"total": f"{total:,}", "minimum": f"{self.minimum:,}"}
        return {
            "optimum": Message(_LESS, {}) if self.optimum < self.minimum else None,
            "for_optimum": Message(_MORE, {}) if self._says_too_little() else None,
            "step_1_amount": Message(_SUM, sums) if total != self.minimum else None,
            "report_1_days": None if self.reports else Message(_REPORT, {}),
        }

    def _says_too_little(self) -> bool:
        return self.optimum > self.minimum and not self.for_optimum


_LESS = Message("The optimum is at least the minimum.", {}).text
_MORE = Message("Please say what more can be done with the optimum.", {}).text
_SUM = Message(
    "The steps come to %(total)s won, and the minimum is %(minimum)s won. Please let the steps come"
    " to the same.",
    {},
).text
_REPORT = Message("Please choose a day on which you tell how things go.", {}).text


def parts_of(
    parts: Sequence[Part], *, minimum: int, money: int, more: str, begun: date
) -> list[Step]:
    """Return the steps to which the money of a drive is bound: those of the minimum, and one for
    what came beyond it. They sum to ``money``, which is the minimum or more."""
    steps = [Step(each.title, each.amount, begun + timedelta(days=each.days)) for each in parts]
    beyond = money - minimum
    if beyond <= 0:
        return steps
    due = max(each.due_on for each in steps)
    return [*steps, Step((more or parts[-1].title)[:120], beyond, due)]


def last_day(begins: date, days: int) -> date:
    """Return the last day of a round of so many days."""
    return begins + timedelta(days=days - 1)


def subject_of(drive_id: int) -> str:
    """Return by what a drive is named in the ledger and everywhere."""
    return f"drive:{drive_id}"


def path_of(drive_id: int) -> str:
    """Return the path of a drive's page."""
    return f"/fund/raise/{drive_id}"


def pledge_path(pledge_id: int) -> str:
    """Return the path of a pledge's page, which only its owner sees."""
    return f"/fund/raise/pledges/{pledge_id}"


def held_for(pledge_id: int) -> str:
    """Return the account of what has arrived of a pledge: it is still the giver's."""
    return account("pledge", pledge_id)


def raised_of(drive_id: int) -> str:
    """Return the account in which a drive's money comes together on its way into the fund."""
    return account("raised", drive_id)


def receipt_number(number: int, year: int) -> str:
    """Return a receipt's number as people read it."""
    return f"F{year}-{number:06d}"


NOTICE = NoticeKind(
    "fund.pledge",
    Message("My pledges", {}),
    Message("Your money has arrived, a round has ended, or money comes back to you.", {}),
    default="now",
    order=71,
)
_DRIVE = NoticeKind(
    "fund.drive",
    Message("Drives that I follow or began", {}),
    Message("A drive was opened or refused, has news, or has ended.", {}),
    order=72,
)
_DESK = NoticeKind(
    "fund.drive_desk",
    Message("Drives to be checked", {}),
    Message("Somebody proposes a drive, or money has to be paid back.", {}),
    default="now",
    roles=frozenset({"treasurer", "steward"}),
    order=73,
)
KINDS = (NOTICE, _DRIVE, _DESK)
