"""What the sheets of XLSX and ODS have in common: their name and how wide their columns are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .cells import begun, breadth, clean, shown
from .values import Column, Reading, Row

_WIDEST = 60
_SAMPLE = 500
"""So many rows are looked at to find how wide the columns must be."""


def sheet_name(name: str) -> str:
    """Return a name that a sheet may bear: no more than 31 signs and none of seven."""
    plain = re.sub(r"[\[\]:*?/\\'\s]+", " ", clean(name)).strip()
    return begun(plain, 31).strip() or "1"


def widths(columns: Iterable[Column], rows: Sequence[Row], reading: Reading) -> list[int]:
    """Return how many figures wide each column must be to be read without dragging it."""
    found = []
    for place, column in enumerate(columns):
        cells = (shown(row[place], column.kind, reading) for row in rows[:_SAMPLE])
        found.append(min(_WIDEST, max(map(breadth, (column.title, "000000", *cells))) + 2))
    return found
