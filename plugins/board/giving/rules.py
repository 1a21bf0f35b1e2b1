"""What the law asks of appeals for money, and how their won are counted: no session, no clock.

The act is the Act on Collection and Use of Donations (기부금품의 모집ㆍ사용 및 기부문화
활성화에 관한 법률); its articles are named where they hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ....core.errors import Invalid, Refused
from ....core.values import WHOLE, Message, months_later

BANK = "bank"
UNREGISTERED = 10_000_000
"""From this many won on an appeal has to be registered (article 4, decree article 2)."""

MOST_COST_BP = 1_500
"""At most so much of what comes may be spent on collecting it (article 13)."""

PERIOD_MONTHS, USE_MONTHS = 12, 24
"""How long may be collected (article 4) and how long the money may lie after (article 12)."""

RESULT_DAYS = 30
"""The account is given within so many days after the end (decree article 19)."""

REMIND_DAYS = 7
MOST_GIFT = 100_000_000
MOST_GOAL = 100_000_000_000
MOST_WAITING = 20
"""Promises of one address that may wait in one campaign."""

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
UNPROVEN, PROMISED, ARRIVED, RETURNED, DROPPED = (
    "unproven", "promised", "arrived", "returned", "dropped",
)  # fmt: skip
COUNTED = (PROMISED, ARRIVED)
"""What is promised counts with what has come: a promise may arrive any day."""

NAMED, QUIET, NAMELESS = "named", "quiet", "nameless"
WAYS = (NAMED, QUIET, NAMELESS)
"""How a giver is told: with the name on the page, by name to the organiser alone, or not at all."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The items of the legal notice (article 4 (6), decree article 5-2); days are the first and the
    last one. ``reward`` is what givers would get in return."""

    organiser: str
    contact: str
    representative: str
    purpose: str
    tax_benefit: bool
    cost_bp: int
    results: str
    goal: int
    collect_from: date
    collect_until: date
    use_from: date
    use_until: date
    account: str
    office: str = ""
    registration: str = ""
    reward: str = ""

    def check(self) -> None:
        """Raise ``Invalid`` where the law does not allow it, saying why at the field."""
        wrong = {name: message for name, message in self._wrong().items() if message is not None}
        if wrong:
            raise Invalid({name: [Message(text, {})] for name, text in wrong.items()})

    def _wrong(self) -> dict[str, str | None]:
        return {
            "reward": _SALE if self.reward else None,
            "cost_bp": _COST if self.cost_bp > MOST_COST_BP else None,
            "collect_until": None if self._period_holds() else _PERIOD,
            "use_until": None if self._use_holds() else _USE,
            "registration": self._registration(),
            "office": _OFFICE if self.registration and not self.office else None,
        }

    def _period_holds(self) -> bool:
        return self.collect_from <= self.collect_until <= _later(self.collect_from, PERIOD_MONTHS)

    def _use_holds(self) -> bool:
        last = _later(self.collect_until, USE_MONTHS)
        return self.collect_from <= self.use_from <= self.use_until <= last

    def _registration(self) -> str | None:
        return _NEEDED if not self.registration and self.goal >= UNREGISTERED else None


def _later(day: date, months: int) -> date:
    """Return the last day of a time of so many months that begins on ``day``."""
    begun = datetime(day.year, day.month, day.day)
    return months_later(begun, months).date() - timedelta(days=1)


_SALE = Message(
    "What gives something in return is a sale and no donation. Please offer it as goods in the"
    " market instead.",
    {},
).text
_COST = Message("At most 15 % of what comes may be spent on collecting it.", {}).text
_PERIOD = Message("The collection begins before it ends, and lasts at most a year.", {}).text
_USE = Message(
    "The money is used from the collection on, and within two years after its end.", {}
).text
_NEEDED = Message(
    "A goal of 10,000,000 won or more has to be registered first, with the province or the"
    " metropolitan city. Please enter the number of the registration, or choose a smaller goal.",
    {},
).text
_OFFICE = Message("Please say which office registered it.", {}).text


def check_room(counted: int, amount: int) -> None:
    """Refuse what would bring an appeal without registration to the amount that needs one.

    ``counted``: what the organiser's appeals without registration were given and promised already.
    """
    if counted + amount >= UNREGISTERED:
        raise Refused(
            "This appeal is not registered, so all that is given to this organiser must stay below"
            " 10,000,000 won (Donations Act article 4). So much can still be given: %(left)s won",
            left=f"{max(0, UNREGISTERED - 1 - counted):,}",
        )


def counts_from(today: date) -> date:
    """Return the day from which appeals of one organiser count together: those that ended within
    a year, the longest time for which one may collect, meet the same need of registration."""
    return today - timedelta(days=366)


def check_cost(raised: int, costs: int, amount: int) -> None:
    """Refuse to spend more than 15 % of what has come on collecting it (article 13)."""
    if (costs + amount) * WHOLE > raised * MOST_COST_BP:
        raise Refused(
            "At most 15 % of what has come may be spent on collecting it. Left of that: %(left)s"
            " won",
            left=f"{max(0, raised * MOST_COST_BP // WHOLE - costs):,}",
        )


def result_due(collect_until: date, closed_on: date | None) -> date:
    """Return the day by which the account has to be given."""
    ended = min(collect_until, closed_on) if closed_on else collect_until
    return ended + timedelta(days=RESULT_DAYS)


def receipt_number(number: int, year: int) -> str:
    """Return a receipt's number as people read it."""
    return f"{year}-{number:06d}"


def posting_key(gift_id: int) -> str:
    """Return the key of the posting of a gift that has arrived."""
    return f"gift:{gift_id}"
