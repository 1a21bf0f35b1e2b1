"""XLSX, read by openpyxl after its parts have been looked through."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ..errors import Refused
from .archive import inspect_workbook, unreadable
from .cells import MAX_COLUMNS, Sheet, number_text

if TYPE_CHECKING:
    import openpyxl


def read_workbook(archive: zipfile.ZipFile, content: bytes) -> list[Sheet]:
    """Return the sheets of an XLSX with the values that a person sees, formulas computed."""
    import openpyxl  # large, and on most days nobody brings a workbook

    inspect_workbook(archive)
    source = io.BytesIO(content)
    try:
        book = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)
        return [_sheet(sheet) for sheet in book.worksheets]
    except Refused:
        raise
    # openpyxl answers a malformed workbook with whatever its code runs into, from KeyError to
    # zlib.error; for a person all of these are the same file that cannot be read.
    except Exception as error:
        raise unreadable(error) from error


def _sheet(source: openpyxl.worksheet._read_only.ReadOnlyWorksheet) -> Sheet:
    # The size that a sheet claims for itself is often wrong, and then rows would be cut off.
    source.reset_dimensions()
    sheet = Sheet(source.title, source.sheet_state != "visible")
    rows = source.iter_rows(max_col=MAX_COLUMNS, values_only=True)
    for line, values in enumerate(rows, 1):
        if values.count(None) < len(values):
            sheet.add(line, _texts(values))
    return sheet


def _texts(values: Sequence[object]) -> list[str]:
    return ["" if value is None else _text(value) for value in values]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return (value.date() if midnight else value.replace(microsecond=0)).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, str | timedelta) else ""
