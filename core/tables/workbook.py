"""XLSX with real numbers and times under a bold heading that stays in sight."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from .cells import Plain, clean, plain
from .delimited import harmless
from .packing import entry
from .sheets import sheet_name, widths
from .values import Column, Reading, Row, Table

_FORMATS = {
    "whole": "#,##0",
    "kilograms": "#,##0.000",
    "percent": "0.00%",
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
}
_WON = {"ko": '#,##0"원"', "en": '"₩"#,##0'}


def as_xlsx(table: Table, reading: Reading) -> bytes:
    """Return the table as a workbook of one sheet; texts are texts whatever they begin with."""
    rows, more = table.taken()
    book = Workbook(write_only=True)
    book.properties.creator = "Wizzle"
    sheet = book.create_sheet(sheet_name(table.name))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths(table.columns, rows, reading), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line in _lines(sheet, table.columns, rows, reading):
        sheet.append(line)
    if more:
        sheet.append([reading.cut(table.most)])
    target = io.BytesIO()
    book.save(target)
    return _settled(target)


def _lines(
    sheet: Any, columns: tuple[Column, ...], rows: list[Row], reading: Reading
) -> Iterator[list[Any]]:
    yield [_heading(sheet, column) for column in columns]
    # One cell a column serves all rows: each row is written out before the next one is made.
    cells = [_dressed(sheet, column, reading) for column in columns]
    for row in rows:
        for cell, column, value in zip(cells, columns, row, strict=True):
            _put(cell, plain(value, column.kind, reading.zone))
        yield cells


def _heading(sheet: Any, column: Column) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.font = Font(bold=True, color="FF1F5138")
    cell.fill = PatternFill("solid", fgColor="FFF3ECDC")
    cell.alignment = Alignment(horizontal="right" if column.is_number else "left")
    _put(cell, clean(column.title))
    return cell


def _dressed(sheet: Any, column: Column, reading: Reading) -> Any:
    cell = WriteOnlyCell(sheet)
    if column.kind == "won":
        cell.number_format = _WON.get(reading.tongue.language, _WON["en"])
    elif column.kind in _FORMATS:
        cell.number_format = _FORMATS[column.kind]
    return cell


def _put(cell: Any, value: Plain) -> None:
    if isinstance(value, str):
        # Not by way of `value`, which would make formulas and errors of some texts.
        cell._value, cell.data_type = value, "s"
        cell.quotePrefix = harmless(value) != value  # it stays a text when it is edited, too
    else:
        cell.value = value


def _settled(content: io.BytesIO) -> bytes:
    """Return the file without the moment at which it was written."""
    target = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", b"", data)
            new.writestr(entry(name), data)
    return target.getvalue()
