"""CSV as Korean Excel opens it: UTF-8 with its mark, lines that end in CR LF."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal

from .cells import Plain, clean, plain
from .values import Reading, Table

# A text that begins so is run as a formula by spreadsheet programs, the wide signs by some.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(table: Table, reading: Reading) -> bytes:
    """Return the table as CSV; an apostrophe stands before a text that would run as a formula."""
    rows, more = table.taken()
    kinds = [column.kind for column in table.columns]
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(harmless(clean(column.title)) for column in table.columns)
    for row in rows:
        cells = zip(row, kinds, strict=True)
        writer.writerow(_cell(plain(value, kind, reading.zone)) for value, kind in cells)
    if more:
        writer.writerow([reading.cut(table.most)])
    return target.getvalue().encode("utf-8-sig")


def _cell(value: Plain) -> str:
    match value:
        case None:
            return ""
        case str():
            return harmless(value)
        case datetime():
            return value.isoformat(" ")
        case Decimal():
            return f"{value:f}"
    return str(value)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    return "'" + text if text.lstrip(" ").startswith(_RUN) else text
