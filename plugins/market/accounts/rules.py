"""What is asked for an order, out of what it was paid, and which containers go back first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ....core import ledger
from ....core.answers import PaymentProvider
from ....core.values import Text, Won

CASH, TRANSFER, BALANCE = "cash", "transfer", "balance"
"""Out of what an order is paid: money in hand, a deposit for this very order, earlier credit."""

BACK_FIRST = (BALANCE, TRANSFER, CASH)
"""In this order money goes back to the tenders that it came from."""

PAY_BY_TRANSFER = PaymentProvider(TRANSFER, Text("계좌이체", "Bank transfer"), settles_at="order")

MOST_OUTSTANDING = 3_000_000_000
"""Won of credit outstanding below which a node that pays several sellers out of it is left free
of registration: Electronic Financial Transactions Act article 28 with its decree, as a lead that a
lawyer has to confirm."""

MOST_CONTAINERS = 1_000
"""No person brings back more at once."""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """The account of the node that residents pay into."""

    bank: str
    number: str
    holder: str


def bank_account(settings: Mapping[str, Any]) -> BankAccount | None:
    """Return the account that the market's settings name, None if they name none."""
    if not settings["bank_account"]:
        return None
    return BankAccount(settings["bank"], settings["bank_account"], settings["bank_holder"])


def tail_of(number: str) -> str:
    """Return the end of an order's number, which fits into what a bank lets people write."""
    return number.rpartition("-")[2]


def transfer_text(name: str, number: str) -> str:
    """Return what a resident writes with a transfer; banks take few letters."""
    return f"{name[:8].strip()} {tail_of(number)}"


def resident(person_id: int) -> str:
    """Return the ledger account of what the node owes this person, or they owe it."""
    return ledger.account("resident", person_id)


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be paid for an order, in won, each part 0 or more.

    ``credit`` is used of the resident's account, at most ``transferred`` of it a deposit for this
    very order; ``debt`` is asked besides. ``cash`` is what is to be taken in money.
    """

    goods: int
    deposits: int
    credit: int
    debt: int
    transferred: int = 0

    @property
    def total(self) -> Won:
        return Won(self.goods + self.deposits)

    @property
    def by_transfer(self) -> Won:
        """What of the credit was transferred for this order."""
        return Won(min(self.credit, self.transferred))

    @property
    def cash(self) -> Won:
        return Won(self.total - self.credit + self.debt)


def due(goods: int, deposits: int, account: int, *, reserved: int = 0, transferred: int = 0) -> Due:
    """Return what is to be paid where the resident's account stands at ``account`` won.

    ``reserved`` of it was transferred for other orders that still wait: it is theirs.
    """
    credit = min(max(0, account - reserved), goods + deposits)
    return Due(goods, deposits, credit, max(0, -account), transferred)


@dataclass(frozen=True, slots=True)
class Footing:
    """What it is reckoned from what is to be paid for an order: the goods, the deposits for their
    containers, the resident's account, what of it is ``reserved`` for other orders, and what was
    ``transferred`` for this one, all in won."""

    goods: int
    deposits: int
    account: int
    reserved: int
    transferred: int

    @property
    def due(self) -> Due:
        return due(
            self.goods, self.deposits, self.account,
            reserved=self.reserved, transferred=self.transferred,
        )  # fmt: skip


def tenders(asked: Due, cash: int) -> dict[str, int]:
    """Return out of what the goods were paid when ``cash`` won were given; they sum to the goods.

    What cash does not cover comes from the account: credit that was there, or a small debt.
    """
    account = min(max(0, asked.total - cash), asked.goods)
    transfer = min(account, asked.transferred)
    parts = {CASH: asked.goods - account, TRANSFER: transfer, BALANCE: account - transfer}
    return {kind: amount for kind, amount in parts.items() if amount}


def going_back(left: Mapping[str, int], amount: int) -> dict[str, int]:
    """Return how a refund goes back to its tenders, of which so much is ``left`` each."""
    parts, rest = {}, amount
    for kind in BACK_FIRST:
        parts[kind] = min(rest, left.get(kind, 0))
        rest -= parts[kind]
    if rest:
        raise ValueError(f"{amount} won cannot go back to {dict(left)}")
    return parts


@dataclass(frozen=True, slots=True)
class Lot:
    """So many containers, taken at ``deposit`` won each."""

    number: int
    deposit: int

    @property
    def amount(self) -> Won:
        return Won(self.number * self.deposit)


def still_out(moves: Iterable[tuple[int, int]]) -> list[Lot]:
    """Return what is still out, the oldest first, of moves (number, deposit) as they happened."""
    lots: list[Lot] = []
    for number, deposit in moves:
        if number > 0:
            lots.append(Lot(number, deposit))
        else:
            lots = _without(lots, -number)
    return lots


def oldest(lots: Iterable[Lot], number: int) -> list[Lot]:
    """Return the oldest ``number`` containers of these lots."""
    found = []
    for lot in lots:
        taken = min(number, lot.number)
        if taken:
            found.append(Lot(taken, lot.deposit))
        number -= taken
    return found


def _without(lots: list[Lot], number: int) -> list[Lot]:
    rest = []
    for lot in lots:
        taken = min(number, lot.number)
        number -= taken
        if lot.number > taken:
            rest.append(Lot(lot.number - taken, lot.deposit))
    return rest
