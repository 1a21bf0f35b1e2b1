"""Bad files: each is refused with a sentence, soon, and none of them does harm."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.sheets import (
    FIRST_SHEET,
    Cells,
    as_csv,
    as_ods,
    as_xlsx,
    changed,
    ods,
    ods_cell,
    ods_row,
    ods_rows,
    ods_table,
    zipped,
)

from wizzle.core.errors import Refused
from wizzle.plugins.market.imports.tables import MAX_CELL, MAX_COLUMNS, MAX_FILE, read_table

ROWS: Cells = [["이름", "가격"], ["감자", "1,200원"], ["양파", 900]]


def far_away(line: str, cell: str) -> bytes:
    """A workbook of two rows and one cell that is somewhere else altogether."""
    far = f'<row r="{line}"><c r="{cell}"><v>1</v></c></row></sheetData>'
    return changed(as_xlsx(ROWS), FIRST_SHEET, lambda xml: xml.replace("</sheetData>", far))


def repeated(rows: int, columns: int) -> bytes:
    row = ods_row(ods_cell("a", times=columns), times=rows)
    return ods(ods_table(ods_rows([["이름"]]) + row))


def entity_bomb(xml: str) -> str:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    return bomb + xml.partition("?>")[2] if xml.startswith("<?") else bomb + xml


def many_rows() -> str:
    return "<row/>" * 200_001 + "</sheetData>"


def cut(xml: str) -> str:
    return xml[:-30]


BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "only a mark": (b"\xef\xbb\xbf \r\n", "empty"),
    "no header": (as_csv([["a", "b"], ["1", "2"]]), "No header"),
    "no rows": (as_csv([["이름", "가격"]]), "no rows below"),
    "one name twice": (as_csv([["이름", "비고", "비고"], ["a", "b", "c"]]), "Two columns"),
    "an open quotation": ('이름,가격\na,1\n"b,2\n'.encode(), "Line 3 cannot be read"),
    "an old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .xls"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a table"),
    "a web page": ("<html><table><tr><td>이름</table>".encode("cp949"), "web page"),
    "no text": (b"name\xff\xfe\xff,1\n", "not a table"),
    "another zip": (zipped({"a.txt": b"a"}), "cannot be read"),
    "half a zip": (as_xlsx(ROWS)[:-40], "cannot be read"),
    "a text document": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        "cannot be read",
    ),
    "a broken sheet": (changed(as_xlsx(ROWS), FIRST_SHEET, cut), "cannot be read"),
    "a broken ods": (changed(as_ods(ROWS), "content.xml", cut), "cannot be read"),
    "no workbook": (zipped({"[Content_Types].xml": b"<Types/>"}), "cannot be read"),
    "entities": (changed(as_xlsx(ROWS), FIRST_SHEET, entity_bomb), "cannot be read"),
    "entities of an ods": (changed(as_ods(ROWS), "content.xml", entity_bomb), "cannot be read"),
    "a row beyond the last": (far_away("99999999999", "A99999999999"), "cannot be read"),
    "a cell of another row": (far_away("9", "A8"), "cannot be read"),
    "a column too far": (far_away("9", "XFD9"), "columns at most"),
    "too many columns": (as_csv([["이름", *"x" * MAX_COLUMNS]]), "columns at most"),
    "too many columns of an ods": (repeated(1, 16_384), "columns at most"),
    "too many rows": (as_csv([["이름"], *[["a"] for _ in range(20_001)]]), "20,000 rows"),
    "too many rows of an ods": (repeated(1_048_575, 1), "20,000 rows"),
    "too long a cell": (as_csv([["이름"], ["a" * (MAX_CELL + 1)]]), "Line 2 has a cell"),
    "too long a cell of an ods": (as_ods([["이름"], ["a" * 10**6]]), "Line 2 has a cell"),
    "too large a file": (b"a" * (MAX_FILE + 1), "10 megabytes"),
    "a bomb": (zipped({"[Content_Types].xml": bytes(60 * 2**20)}), "Unpacked"),
    "a bomb of many parts": (zipped({str(number): b"" for number in range(2_001)}), "Unpacked"),
    "a bomb of elements": (
        zipped({"[Content_Types].xml": b"<a>" + b"<b/>" * 300_000 + b"</a>"}),
        "Unpacked",
    ),
    "a bomb of rows": (
        changed(as_xlsx(ROWS), FIRST_SHEET, lambda xml: xml.replace("</sheetData>", many_rows())),
        "Unpacked",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence(name: str) -> None:
    content, reason = BAD[name]
    started = time.perf_counter()
    with pytest.raises(Refused, match=reason):
        read_table(content, "table.csv")
    assert time.perf_counter() - started < 3


@settings(max_examples=200)
@given(st.binary(max_size=200), st.sampled_from(["", "PK\x03\x04", "이름,가격\n"]))
def test_any_bytes_are_a_table_or_refused(content: bytes, start: str) -> None:
    with suppress(Refused):
        assert read_table(start.encode() + content).rows


written = cache(lambda write: write(ROWS))
"""A workbook holds the time at which it was written: each is written once for all examples."""


@settings(max_examples=60)
@given(data=st.data(), write=st.sampled_from([as_xlsx, as_ods]))
def test_a_damaged_spreadsheet_is_a_table_or_refused(
    data: st.DataObject, write: Callable[[Cells], bytes]
) -> None:
    content = bytearray(written(write))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=5)):
        content[place] ^= data.draw(st.integers(1, 255))
    with suppress(Refused):
        assert read_table(bytes(content)).columns
