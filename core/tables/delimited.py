"""CSV as Korean Excel opens it: UTF-8 with its mark, lines that end in CR LF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from .cells import Plain, clean, plain
from .values import Reading, Table

# A text that begins so is run as a formula by spreadsheet programs, the wide and small signs by
# some; blanks and signs of no width before it are dropped by others.
_RUN = re.compile("[\t\r\n]|[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠﹦﹢﹣﹫−]")

# LibreOffice also divides at semicolons and tabs, and what comes after might run.
_TO_QUOTE = re.compile('[,;"\t\r\n]')


def as_csv(table: Table, reading: Reading) -> bytes:
    """Return the table as CSV; an apostrophe stands before a text that would run as a formula."""
    rows, more = table.taken()
    kinds = [column.kind for column in table.columns]
    target = io.StringIO(newline="")
    target.write(_line(harmless(clean(column.title)) for column in table.columns))
    for row in rows:
        cells = zip(row, kinds, strict=True)
        target.write(_line(_cell(plain(value, kind, reading.zone)) for value, kind in cells))
    if more:
        target.write(_line([reading.cut(table.most)]))
    return target.getvalue().encode("utf-8-sig")


def _line(cells: Iterable[str]) -> str:
    """Return a line by RFC 4180; an empty one would be passed over, so it has quotes."""
    return (",".join(map(_quoted, cells)) or '""') + "\r\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


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
    return "'" + text if _RUN.match(text) else text
