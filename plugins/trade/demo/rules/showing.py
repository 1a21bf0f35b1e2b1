"""Both sides' tables side by side, for the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from .comparing import Book, Line, Trade, differences

Row = tuple[str, object, object]
"""What it is, what the hub's node says of it, what the farm's node says."""


def shown(trade: Trade, hub: str, farm: str) -> str:
    """Return the tables of a trade under the names of both nodes."""
    head: Row = ("", hub, farm)
    tables = [[head, *_order(trade)], [head, *_money(trade)]]
    found = differences(trade)
    end = ["Both sides agree."] if not found else ["They differ:", *found]
    return "\n\n".join(["\n".join(_drawn(rows)) for rows in tables] + ["\n".join(end)])


def _order(trade: Trade) -> Iterator[Row]:
    for here, there in zip(trade.here, trade.there, strict=False):
        yield (here.name, _pieces(here), _pieces(there))
    yield ("", "ordered/agreed/sent/came", "ordered/agreed/sent/came")
    for line in trade.there:
        before, after = trade.before.get(line.name), trade.after.get(line.name)
        yield (f"stock: {line.name}", "", f"{before} -> {after}")


def _pieces(line: Line) -> str:
    return f"{line.wanted}/{line.agreed}/{line.sent}/{line.came} x {line.price:,}"


def _money(trade: Trade) -> Iterator[Row]:
    shares, here, there = trade.shares, trade.book_here, trade.book_there
    yield ("paid by residents", shares.paid, "")
    yield ("- the hub's activist", shares.activist, "")
    yield ("- the operating centre", shares.centre, "")
    yield ("- the producer", shares.producer, -there.owed)
    yield ("owed to the other node", here.owed, there.owed)
    yield ("mirror account", here.ledger, there.ledger)
    yield ("the ledger holds", _yes(here.ledger_ok), _yes(there.ledger_ok))
    yield ("our statement", _statement(here, ours=True), _statement(there, ours=True))
    yield ("their statement", _statement(here, ours=False), _statement(there, ours=False))


def _statement(book: Book, *, ours: bool) -> str:
    found = book.statement(made_here=ours)
    if not found:
        return "none"
    return f"{found['closing']:,} {found['state']} {found['digest'][:12]}"


def _yes(value: bool) -> str:
    return "yes" if value else "NO"


def _drawn(rows: Iterable[Row]) -> Iterator[str]:
    texts = [tuple(f"{each:,}" if isinstance(each, int) else str(each) for each in row)
             for row in rows]  # fmt: skip
    wide = [max(width(row[place]) for row in texts) for place in range(3)]
    for name, *sides in texts:
        cells = [_right(text, space) for text, space in zip(sides, wide[1:], strict=True)]
        yield "  ".join([_filled(name, wide[0]), *cells]).rstrip()


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes: Hangul takes two each.

    >>> width("김장무 3")
    8
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _filled(text: str, wide: int) -> str:
    return text + " " * (wide - width(text))


def _right(text: str, wide: int) -> str:
    return " " * (wide - width(text)) + text
