"""What a table is made of: columns of one kind each, rows, a name, and who reads it where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from ..language import Tongue

Kind = Literal["text", "whole", "won", "kilograms", "percent", "day", "moment"]
"""What the cells of a column hold: won is whole won, kilograms are given in whole grams, percent in
basis points, day as a date or an instant, moment as an instant. None is an empty cell."""

NUMBERS = frozenset({"whole", "won", "kilograms", "percent"})
MOST_ROWS = 20_000
"""As many as an import reads, so that what was saved here can be read in again."""

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, translated, and the kind of all its cells."""

    title: str
    kind: Kind = "text"

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as tuples in the order of the columns; ``name`` becomes that of the file.

    ``rows`` may be a stream and is read once. No more than ``most`` of them are written, and the
    file says so where there are more.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    most: int = MOST_ROWS

    def taken(self) -> tuple[list[Row], bool]:
        """Read the rows; return those to write, and whether there are more of them."""
        rows = iter(self.rows)
        kept = list(islice(rows, self.most))
        wrong = next((row for row in kept if len(row) != len(self.columns)), None)
        if wrong is not None:
            raise ValueError(f"{len(wrong)} cells in a table of {len(self.columns)} columns")
        return kept, next(rows, None) is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads a file: in which language and time zone, and from when it is."""

    tongue: Tongue
    zone: ZoneInfo
    at: datetime

    def cut(self, most: int) -> str:
        """Return the sentence under a table that had to end early."""
        return self.tongue.gettext(
            "Only the first %(most)s rows are written here; there are more.", most=f"{most:,}"
        )
