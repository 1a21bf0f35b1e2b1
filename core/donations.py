"""What the law asks of whoever solicits money from people: no session, no clock, no request.

The act is the Act on Collection and Use of Donations (기부금품의 모집ㆍ사용 및 기부문화
활성화에 관한 법률); its articles are named where they hold. Every plugin that solicits keeps to it,
and answers ``solicited`` so that one organiser is counted once, on however many pages it asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .errors import Invalid, Refused
from .values import Message, months_later

UNREGISTERED = 10_000_000
"""From this many won on an appeal has to be registered (article 4, decree article 2)."""

MOST_COST_BP = 1_500
"""At most so much of what comes may be spent on collecting it (article 13)."""

PERIOD_MONTHS, USE_MONTHS = 12, 24
"""How long may be collected (article 4) and how long the money may lie after (article 12)."""


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

    ``counted``: what the organiser was given and promised already without a registration, all that
    plugins answer to ``solicited`` together.
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
