"""Cells and rows as every kind of file gives them, within bounds that no honest table meets."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite

from ..errors import Refused

MAX_FILE = 10 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 2_000


@dataclass(slots=True)
class Sheet:
    """The rows of one sheet that hold anything, each with its line; bounded as they are added.

    ``blank`` are the first and the last line of each stretch without anything. ``runs_over``: a
    row may be longer than its line, so that only lines that are ``add``-ed as empty are blank.
    """

    name: str = ""
    hidden: bool = False
    runs_over: bool = False
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    blank: list[tuple[int, int]] = field(default_factory=list)
    _tidied: dict[str, str] = field(default_factory=dict, repr=False)

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Keep a row unless it is empty; refuse one too many or too large."""
        shown = [self._once(cell) for cell in cells]
        while shown and not shown[-1]:
            shown.pop()
        if not shown:
            if self.runs_over:
                self._skip(line, line)
            return
        if len(shown) > MAX_COLUMNS:
            raise too_many_columns()
        if max(map(len, shown)) > MAX_CELL:
            raise Refused(
                "Line %(line)s has a cell of more than %(most)s characters.",
                line=line,
                most=f"{MAX_CELL:,}",
            )
        if len(self.rows) > MAX_ROWS:
            raise Refused("A table may have %(most)s rows at most.", most=f"{MAX_ROWS:,}")
        if not self.runs_over and self.rows and line > self.rows[-1][0] + 1:
            self._skip(self.rows[-1][0] + 1, line - 1)
        self.rows.append((line, shown))

    def _skip(self, first: int, last: int) -> None:
        if self.blank and self.blank[-1][1] == first - 1:
            first = self.blank.pop()[0]
        self.blank.append((first, last))

    def _once(self, cell: str) -> str:
        """Return a cell tidied; what a file says a million times is kept once."""
        if cell not in self._tidied:
            self._tidied[cell] = tidied(cell)
        return self._tidied[cell]


def too_many_columns() -> Refused:
    return Refused("A table may have %(most)s columns at most.", most=MAX_COLUMNS)


def uncomputed(column: int, line: int) -> Refused:
    """Return the refusal of a formula that was saved without its result."""
    return Refused(
        "Cell %(cell)s holds a formula without its result."
        " Open the file in a spreadsheet program, save it and try again.",
        cell=f"{_letters(column)}{line}",
    )


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def tidied(text: str) -> str:
    """Return a cell composed (NFC), with plain line breaks and nothing empty around it."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip(" \t\r\n\xa0\u3000\ufeff")


def number_text(number: float) -> str:
    """Return a number as a spreadsheet shows it: 15 digits, no exponent, no ``.0``."""
    if isinstance(number, int):
        return str(number) if abs(number) < 10**15 else number_text(float(number))
    if not isfinite(number):
        return "#NUM!"
    shown = format(Decimal(format(number, ".15g")), "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
