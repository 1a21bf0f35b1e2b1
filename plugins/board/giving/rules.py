"""How the won of appeals for money are counted, and what holds for them beside what the law asks of
every solicitation (``core.donations``): no session, no clock."""

from __future__ import annotations

from datetime import date, timedelta

from ....core.donations import MOST_COST_BP
from ....core.errors import Refused
from ....core.values import WHOLE

BANK = "bank"
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
