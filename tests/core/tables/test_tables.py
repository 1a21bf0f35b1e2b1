"""Tables as files: what the programs of the neighbours read in them is what was put in."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import time
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odf.namespaces import OFFICENS
from odf.opendocument import load as load_ods
from odf.table import TableRow
from support.reading import reading

from wizzle.core.tables import FORMATS, Column, Table
from wizzle.plugins.market.imports.tables import read_table

COLUMNS = (
    Column("상품"), Column("수량", "whole"), Column("금액", "won"), Column("무게", "kilograms"),
    Column("몫", "percent"), Column("날", "day"), Column("때", "moment"),
)  # fmt: skip
LATE = datetime(2026, 11, 23, 15, 30, 5, 999, tzinfo=UTC)
"""Past midnight in Seoul."""
ROW = ("햇감자\n두백  반", 3, -1_234_567, 1_500, 725, date(2026, 11, 26), LATE)
FORMULAS = ["=1+1", "+82-2-000", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "=HYPERLINK()"]


def made(ending: str, *rows: tuple[object, ...], **more: object) -> bytes:
    return FORMATS[ending].write(Table("품목 표", COLUMNS, rows, **more), reading())


def texts(ending: str, *cells: str) -> bytes:
    rows = [(cell,) for cell in cells]
    return FORMATS[ending].write(Table("글", (Column("글"),), rows), reading())


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def test_korean_excel_opens_the_csv_without_being_asked():
    content = made("csv", ROW)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    assert csv_rows(content) == [
        ["상품", "수량", "금액", "무게", "몫", "날", "때"],
        ["햇감자\n두백  반", "3", "-1234567", "1.5", "0.0725", "2026-11-26", "2026-11-24 00:30:05"],
    ]


def test_a_workbook_holds_numbers_and_times_and_no_texts_of_them():
    found = sheet(made("xlsx", ROW, (None,) * 7))
    assert found.title == "품목 표"
    assert [cell.value for cell in found[2]] == [
        "햇감자\n두백  반", 3, -1_234_567, 1.5, 0.0725,
        datetime(2026, 11, 26), datetime(2026, 11, 24, 0, 30, 5),
    ]  # fmt: skip
    assert [cell.value for cell in found[3]] == [None] * 7
    assert [cell.number_format for cell in found[2]][1:] == [
        "#,##0", '#,##0"원"', "#,##0.000", "0.00%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm",
    ]  # fmt: skip


def test_the_heading_of_a_workbook_is_bold_and_stays_in_sight():
    found = sheet(made("xlsx", ROW))
    assert found.freeze_panes == "A2"
    assert all(cell.font.bold for cell in found[1])


def test_columns_are_as_wide_as_hangul_is():
    content = FORMATS["xlsx"].write(
        Table("표", (Column("가"), Column("나")), [("가" * 12, "a" * 12), ("가" * 200, "")]),
        reading(),
    )
    widths = sheet(content).column_dimensions
    assert widths["A"].width == 60
    assert 13 <= widths["B"].width <= 16


def test_an_open_document_is_read_by_another_program():
    document = load_ods(io.BytesIO(made("ods", ROW)))
    cells = document.getElementsByType(TableRow)[1].childNodes
    values = [
        dict(cell.attributes).get((OFFICENS, "value"))
        or dict(cell.attributes).get((OFFICENS, "date-value"))
        for cell in cells[1:]
    ]
    assert values == ["3", "-1234567", "1.5", "0.0725", "2026-11-26", "2026-11-24T00:30:05"]
    assert str(cells[2]) == "-1,234,567원"


@pytest.mark.parametrize("ending", FORMATS)
def test_what_was_saved_can_be_read_in_again(ending):
    columns = (Column("상품명"), Column("단위"), Column("가격", "won"), Column("설명"))
    rows = [("감자", "1 kg", 4_000, "햇\n감자  두 칸"), ("쌀 <현미> & 보리", "4 kg", 21_000, None)]
    content = FORMATS[ending].write(Table("품목", columns, rows), reading())
    titles = [column.title for column in columns]
    read = [[row.cells.get(title) for title in titles] for row in read_table(content, ending).rows]
    assert read == [
        ["감자", "1 kg", "4000", "햇\n감자  두 칸"],
        ["쌀 <현미> & 보리", "4 kg", "21000", ""],
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_that_someone_typed_runs_nowhere(text):
    assert csv_rows(texts("csv", text))[1][0].startswith("'")
    cell = sheet(texts("xlsx", text))["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(texts("ods", text))) as archive:
        assert b"formula" not in archive.read("content.xml")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_heading_is_no_formula_either(ending):
    content = FORMATS[ending].write(Table("표", (Column("=1+1"),), [("#N/A",)]), reading())
    if ending == "csv":
        assert csv_rows(content)[0] == ["'=1+1"]
    if ending == "xlsx":
        assert [cell.data_type for row in sheet(content).rows for cell in row] == ["s", "s"]
    assert content


def test_an_amount_below_zero_stays_a_number():
    assert csv_rows(made("csv", ("", -1, -2, 0, 0, None, None)))[1][1:3] == ["-1", "-2"]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_table_that_is_cut_says_so_at_its_end(ending):
    rows = [("감자", number, 0, 0, 0, None, None) for number in range(4)]
    content = FORMATS[ending].write(Table("표", COLUMNS, iter(rows), most=3), reading())
    words = "앞의 3줄만 적었어요. 뒤에 더 있어요."
    if ending == "csv":
        assert [row[0] for row in csv_rows(content)] == ["상품", *["감자"] * 3, words]
    elif ending == "xlsx":
        assert [row[0].value for row in sheet(content).rows][4:] == [words]
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert words in archive.read("content.xml").decode()
    whole = FORMATS[ending].write(Table("표", COLUMNS, rows, most=4), reading())
    assert words.encode() not in whole


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_table_makes_the_same_bytes_at_any_hour(ending, monkeypatch):
    first = made(ending, ROW)
    at = time.time() + 90_000
    monkeypatch.setattr(time, "time", lambda: at)
    assert made(ending, ROW) == first


@pytest.mark.parametrize("ending", FORMATS)
@given(cells=st.lists(st.text(st.characters(categories=None), max_size=30), max_size=4))
def test_no_text_breaks_a_file(ending, cells):
    content = texts(ending, *cells)
    if ending == "csv":
        assert len(csv_rows(content)) == len(cells) + 1
    elif ending == "xlsx":
        assert sheet(content).max_row >= 1
    else:
        assert load_ods(io.BytesIO(content)).spreadsheet is not None


def test_a_text_is_cut_where_excel_would_drop_the_rest():
    value = sheet(texts("xlsx", "가" * 40_000))["A2"].value
    assert len(value) == 32_000
    assert value.endswith("…")


@pytest.mark.parametrize(("value", "kind"), [(0.5, "won"), (Decimal("1.5"), "whole"),
                                             (datetime(2026, 1, 1), "moment")])  # fmt: skip
def test_a_value_that_is_not_of_its_kind_is_a_mistake(value, kind):
    with pytest.raises(ValueError, match="no "):
        FORMATS["csv"].write(Table("표", (Column("값", kind),), [(value,)]), reading())


def test_a_row_of_another_length_is_a_mistake():
    with pytest.raises(ValueError, match="2 cells"):
        made("csv", ("감자", 1))


def test_a_moment_of_any_zone_is_written_in_that_of_the_node():
    tokyo_west = timezone(timedelta(hours=-8))
    content = FORMATS["csv"].write(
        Table(
            "표",
            (Column("때", "moment"), Column("날", "day")),
            [(LATE.astimezone(tokyo_west),) * 2],
        ),
        reading(),
    )
    assert csv_rows(content)[1] == ["2026-11-24 00:30:05", "2026-11-24"]


def test_names_of_sheets_are_such_as_excel_takes():
    for name in ("a/b:c*?[d]\\'" * 9, "", "'"):
        content = FORMATS["xlsx"].write(Table(name, (Column("가"),), []), reading())
        assert 1 <= len(sheet(content).title) <= 31


def test_a_start_without_files_loads_none_of_their_libraries():
    code = (
        "import sys, wizzle.core.web, wizzle.plugins.assembly.hooks;"
        "print([m for m in ('openpyxl', 'fpdf', 'fontTools', 'segno') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_excel_counts_an_emoji_twice():
    found = sheet(FORMATS["xlsx"].write(Table("😀" * 31, (Column("가"),), [("😀" * 20_000,)]),
                                        reading()))  # fmt: skip
    assert 16_000 <= units(found["A2"].value) // 2 * 2 <= 32_000
    assert 15 <= len(found.title) <= units(found.title) <= 31


def test_a_name_of_several_lines_is_one_of_a_sheet():
    assert (
        sheet(FORMATS["xlsx"].write(Table("가\n나\t다", COLUMNS, []), reading())).title
        == "가 나 다"
    )


@pytest.mark.parametrize("begin", ["\u3000=", "\xa0=", "\u200b=", "\ufeff+", " \t-", "−", "﹦"])
def test_blanks_and_other_signs_hide_no_formula(begin):
    assert csv_rows(texts("csv", f"{begin}1+1"))[1] == [f"'{begin}1+1"]


@pytest.mark.parametrize("text", ["a;=1+1", "a\t=1+1", 'a";=1+1', "a,=1", "a\n=1"])
def test_a_text_is_one_cell_to_whoever_divides_at_semicolons(text):
    line = texts("csv", text).decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.startswith('"')
    assert csv_rows(texts("csv", text))[1] == [text]


def test_an_empty_row_is_still_a_row():
    assert csv_rows(texts("csv", "", "a"))[1:] == [[""], ["a"]]
