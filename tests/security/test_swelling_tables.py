"""Small spreadsheets that would fill the memory: one cell said a hundred thousand times."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from wizzle.plugins.market.imports.tables import read_table

GROWS = "\U0001d160" * 600
"""Signs that NFC writes as three each, at four bytes."""

MOST = 40 * 2**20
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def _opendocument(rows: int) -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="100"><text:p>{GROWS}</text:p>'
    row = f"{cell}</table:table-cell></table:table-row>"
    content = (
        f'<o:document-content xmlns:o="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0" '
        f'xmlns:table="{OFFICE}table:1.0"><table:table><table:table-row><table:table-cell>'
        "<text:p>name</text:p></table:table-cell></table:table-row>"
        f'<table:table-row table:number-rows-repeated="{rows}">{row}'
        "</table:table></o:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return written.getvalue()


def _workbook(rows: int) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["name"])
    for _ in range(rows):
        sheet.append([GROWS] * 100)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("made", [_opendocument, _workbook])
def test_what_is_said_again_takes_no_more_memory(made: Callable[[int], bytes]) -> None:
    content = made(150)
    tracemalloc.start()
    try:
        rows = read_table(content).rows
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert len(rows) == 150
    assert peak < MOST, f"{len(content):,} bytes became {peak:,}"
