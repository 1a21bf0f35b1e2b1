"""Tables that leave the node as files: CSV, XLSX and ODS from one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .values import MOST_ROWS, Column, Kind, Reading, Row, Table

__all__ = ["FORMATS", "MOST_ROWS", "Column", "Format", "Kind", "Reading", "Row", "Table"]

# Each writer is loaded when it is first wanted: most requests write no table.


def _csv(table: Table, reading: Reading) -> bytes:
    from .delimited import as_csv

    return as_csv(table, reading)


def _xlsx(table: Table, reading: Reading) -> bytes:
    from .workbook import as_xlsx

    return as_xlsx(table, reading)


def _ods(table: Table, reading: Reading) -> bytes:
    from .opendocument import as_ods

    return as_ods(table, reading)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what it calls itself and who writes it."""

    media_type: str
    write: Callable[[Table, Reading], bytes]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", _csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "ods": Format("application/vnd.oasis.opendocument.spreadsheet", _ods),
}
"""The formats of tables by the ending of their files."""
