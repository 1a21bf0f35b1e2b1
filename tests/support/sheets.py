"""Spreadsheets as programs write them: CSV, XLSX by openpyxl, and ODS part by part."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

Cells = list[list[Any]]

FIRST_SHEET = "xl/worksheets/sheet1.xml"
"""The part of an XLSX that holds its first sheet."""

_MIME = b"application/vnd.oasis.opendocument.spreadsheet"


def as_csv(rows: Cells, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    def shown(value: object) -> object:
        return f"{value:.15g}" if isinstance(value, float) else value

    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([[shown(cell) for cell in row] for row in rows])
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Cells, *, title: str = "상품", more: dict[str, Cells] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, cells in {title: rows, **(more or {})}.items():
        sheet = book.create_sheet(name)
        for line, row in enumerate(cells, 1):
            for column, value in enumerate(row, 1):
                sheet.cell(line, column, value)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_ods(rows: Cells) -> bytes:
    return ods(ods_table(ods_rows(rows)))


def ods(tables: str, *, styles: str = "") -> bytes:
    """A document of the ``tables``, written in the elements of OpenDocument 1.3, part 3."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    document = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": _MIME, "content.xml": document.encode()})


def ods_table(rows: str, *, name: str = "상품", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def ods_rows(rows: Cells) -> str:
    return "".join(ods_row("".join(map(ods_cell, row)) or ods_cell(None)) for row in rows)


def ods_row(cells: str, *, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def ods_cell(value: object, *, times: int = 1) -> str:
    """A cell of a number or a date shows another text than its value, as a formatted one does."""
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    typed = 'office:value-type="string"'
    if value is None:
        typed = text = ""
    elif isinstance(value, int | float):
        typed, text = f'office:value-type="float" office:value="{value!r}"', "<text:p>~</text:p>"
    elif isinstance(value, date):
        typed = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        text = "<text:p>~</text:p>"
    repeated = f'table:number-columns-repeated="{times}"'
    return f"<table:table-cell {repeated} {typed}>{text}</table:table-cell>"


def zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def changed(document: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The same document with one of its parts rewritten."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    return zipped(parts)
