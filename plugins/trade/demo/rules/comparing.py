"""What two nodes say of one trade, side by side, and where they do not say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


def number(text: str) -> int:
    """Return the whole number that a table says, 0 if it says none.

    >>> number("12,345원"), number("-3"), number("")
    (12345, -3, 0)
    """
    digits = re.sub(r"[^\d-]", "", text)
    return int(digits) if digits.strip("-") else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One good of the order: price in won, and pieces."""

    name: str
    price: int
    wanted: int
    agreed: int
    sent: int
    came: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Won that residents paid for what came from elsewhere, and who got them."""

    paid: int = 0
    activist: int = 0
    centre: int = 0
    producer: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """What one node's book says of the other: won that it owes, by the events and by the ledger,
    and its statements of the month, as ``wizzle trade books --json`` tells them."""

    owed: int = 0
    ledger: int = 0
    statements: tuple[Mapping[str, Any], ...] = ()
    ledger_ok: bool = False

    def statement(self, *, made_here: bool) -> Mapping[str, Any]:
        """Return the last statement that was made here, or there; empty if there is none."""
        found = [each for each in self.statements if each["made_here"] == made_here]
        return found[0] if found else {}


@dataclass
class Trade:
    """All that was found on both sides: ``here`` buys, ``there`` sells."""

    here: list[Line] = field(default_factory=list)
    there: list[Line] = field(default_factory=list)
    shares: Shares = Shares()
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    book_here: Book = Book()
    book_there: Book = Book()

    @property
    def taken(self) -> int:
        """Return how many pieces of the order's goods have left the producer's stock."""
        names = {line.name for line in self.there}
        return sum(self.before.get(name, 0) - self.after.get(name, 0) for name in names)


def differences(trade: Trade) -> list[str]:
    """Return in sentences all that is not as it should be; empty if both sides agree."""
    return [*_of_goods(trade), *_of_money(trade), *_of_statements(trade)]


def _of_goods(trade: Trade) -> Iterator[str]:
    if not trade.here or trade.here != trade.there:
        yield f"The order sheets differ: {trade.here} here, {trade.there} there."
    if sum(line.sent for line in trade.there) != sum(line.wanted for line in trade.there) - 1:
        yield "One piece less than ordered should have been sent."
    if trade.taken != sum(line.agreed for line in trade.there):
        yield f"{trade.taken} pieces have left the stock, which is not what was agreed."


def _of_money(trade: Trade) -> Iterator[str]:
    shares, here, there = trade.shares, trade.book_here, trade.book_there
    worth = sum(line.price * line.came for line in trade.here)
    if shares.paid != worth:
        yield f"Residents paid {shares.paid} won for what is worth {worth}."
    if shares.activist + shares.centre + shares.producer != shares.paid:
        yield f"The shares do not add up to what was paid: {shares}."
    if here.owed != shares.producer:
        yield f"The hub's node owes {here.owed} won, the producer's share is {shares.producer}."
    if here.owed + there.owed:
        yield f"The books differ: {here.owed} won here, {there.owed} there."
    for name, book in (("here", here), ("there", there)):
        if book.owed != book.ledger or not book.ledger_ok:
            yield f"The ledger {name} says {book.ledger} won, the events {book.owed}."


def _of_statements(trade: Trade) -> Iterator[str]:
    here, there = trade.book_here, trade.book_there
    for name, maker, reader in (("hub", here, there), ("farm", there, here)):
        made, heard = maker.statement(made_here=True), reader.statement(made_here=False)
        if made.get("state") != "accepted" or heard.get("state") != "accepted":
            yield f"The statement of the {name}'s node is not agreed: {made} and {heard}."
        elif made["digest"] != heard["digest"] or made["closing"] != -heard["closing"]:
            yield f"The statement of the {name}'s node was heard otherwise: {made} and {heard}."
        elif made["closing"] != maker.owed:
            yield f"The statement of the {name}'s node says {made['closing']}, not {maker.owed}."


def as_dict(trade: Trade) -> dict[str, Any]:
    """Return the result for programs; money in won."""
    here, there, found = trade.book_here, trade.book_there, differences(trade)
    return {
        "orders": 1,
        "ordered": sum(line.wanted for line in trade.here),
        "shipped": sum(line.sent for line in trade.there),
        "gross": trade.shares.paid,
        "producer": trade.shares.producer,
        "activist": trade.shares.activist,
        "centre": trade.shares.centre,
        "mirror_gangbuk": here.ledger,
        "mirror_wanju": there.ledger,
        "difference": here.ledger + there.ledger,
        "statement_gangbuk": here.statement(made_here=True).get("digest"),
        "statement_wanju": there.statement(made_here=True).get("digest"),
        "ledger_ok": here.ledger_ok and there.ledger_ok,
        "differences": found,
        "ok": not found,
    }
