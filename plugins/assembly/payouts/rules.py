"""Who is paid how much now, what is carried over, and how the bank is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

KINDS = ("producer", "activist")
"""The kinds of account that are paid out; what the centre earned becomes the fund's."""

MOST = 1_000_000_000
"""Won that one hub brings to the bank at once, at most."""


@dataclass(frozen=True, slots=True)
class Payee:
    """A bank account as a run needs it."""

    bank: str
    number: str
    holder: str


@dataclass(frozen=True, slots=True)
class Owed:
    """What one account is owed: its balance less the cash that its space holds in hand itself.

    A shop keeps the cash of its own sales, and that much need not be sent to it.
    """

    account: str
    kind: str
    space_id: int
    name: str
    balance: int
    in_hand: int
    payee: Payee | None

    @property
    def amount(self) -> int:
        return self.balance - self.in_hand

    @property
    def is_missing(self) -> bool:
        return self.amount > 0 and self.payee is None


def payable_of(owed: Iterable[Owed]) -> list[tuple[Owed, Payee]]:
    """Return those whom a run would pay, each with where to."""
    return [(each, each.payee) for each in owed if each.amount > 0 and each.payee is not None]


def total(owed: Iterable[Owed]) -> int:
    """Return what a run would pay."""
    return sum(each.amount for each, _ in payable_of(owed))


def run_number(year: int, earlier: int) -> str:
    """Return the number of a run of this year after so many ``earlier`` ones."""
    return f"{year}-{earlier + 1:03}"


def row_key(number: str, account: str) -> str:
    """Return the key of the posting that pays an account in a run."""
    return f"payout:{number}:{account}"
