"""Files as people and programs make them: equal tables from every format."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
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
    saved,
    zipped,
)

from wizzle.core.errors import Refused
from wizzle.plugins.market.imports.rules.columns import (
    PRODUCT_COLUMNS,
    left_aside,
    match_columns,
)
from wizzle.plugins.market.imports.tables import Table, read_table

ROWS: Cells = [
    ["상품명", "가격", "재고", "설명"],
    ["감자", 1200.0, 30, '"알" 굵은, 햇감자'],
    [],
    ["양파", "1,500원", None, "두 줄로\n씁니다"],
    ["꿀", 0.1 + 0.2, date(2026, 11, 2), "  끝  "],
]
READ = [
    (2, ["감자", "1200", "30", '"알" 굵은, 햇감자']),
    (4, ["양파", "1,500원", "", "두 줄로\n씁니다"]),
    (5, ["꿀", "0.3", "2026-11-02", "끝"]),
]
AS_TEXT = [(line + (line == 5), cells) for line, cells in READ]
"""The same from a text, where the cell of two lines takes two lines of the file."""


def lines(table: Table) -> list[tuple[int, list[str]]]:
    return [(row.line, list(row.cells.values())) for row in table.rows]


@pytest.mark.parametrize("write", [as_xlsx, as_ods], ids=["xlsx", "ods"])
def test_a_spreadsheet_reads_as_a_person_sees_it(write: Callable[[Cells], bytes]) -> None:
    table = read_table(write(ROWS))
    assert table.columns == ("상품명", "가격", "재고", "설명")
    assert (table.header_line, table.above, table.unread) == (1, (), ())
    assert lines(table) == READ
    assert table.blank == ((3, 3),)


def test_blank_lines_between_rows_are_told_and_those_at_the_end_are_not() -> None:
    names: Cells = [["표"], [], ["상품명"]]
    sheet = [*names, ["감자"], [], [""], ["두 줄로\n씁니다"], [], ["꿀"], [], []]
    assert read_table(as_xlsx(sheet)).blank == read_table(as_ods(sheet)).blank == ((5, 6), (8, 8))
    table = read_table(as_csv(sheet), "x.csv")
    assert table.blank == ((5, 6), (9, 9))  # the cell of two lines takes two lines of the file
    columns = match_columns(["상품명"], PRODUCT_COLUMNS, required=())
    said = [str(note) for note in left_aside(table, columns)]
    assert "Blank lines between the rows: 5–6, 9." in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_is_read_in_any_of_its_dresses(encoding: str, delimiter: str) -> None:
    assert lines(read_table(as_csv(ROWS, delimiter, encoding), "table.csv")) == AS_TEXT


WORDS = st.text(
    st.characters(codec="cp949", exclude_categories=["Cc", "Cs", "Zs"]), min_size=1, max_size=9
).filter(lambda word: not word.startswith("="))


@settings(max_examples=30)
@given(
    rows=st.lists(
        st.lists(WORDS | st.integers(0, 10**9), min_size=3, max_size=3), min_size=1, max_size=6
    )
)
def test_one_table_in_four_formats_is_one_table(rows: Cells) -> None:
    sheet: Cells = [["이름", "가격", "비고"], *rows]
    tables = [read_table(write(sheet)) for write in (as_csv, as_xlsx, as_ods)]
    tables.append(read_table(as_csv(sheet, "\t", "cp949"), "x.tsv"))
    assert tables[1:] == tables[:1] * 3
    assert len(tables[0].rows) == len(rows)


def test_a_path_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(as_csv(ROWS))
    assert lines(read_table(path, path.name)) == AS_TEXT


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_ods], ids=["csv", "xlsx", "ods"])
def test_titles_above_the_header_are_left_aside_and_named(write: Callable[[Cells], bytes]) -> None:
    title = "2026년 11월 공급표"
    table = read_table(write([[title], [], ["", "이름", "가격"], ["", "감자", "100"]]))
    assert (table.header_line, table.above) == (3, (title,))
    assert lines(table) == [(4, ["감자", "100"])]


def test_a_quoted_cell_may_run_over_lines() -> None:
    content = '이름,가격\n"한\n두\n세",1\n\n둘,2\n'.encode()
    assert lines(read_table(content)) == [(2, ["한\n두\n세", "1"]), (6, ["둘", "2"])]


def test_a_column_with_values_and_no_name_is_called_by_its_place() -> None:
    table = read_table(as_csv([["이름", "", "가격", ""], ["감자", "", "1", "상", "덤"]]))
    assert table.columns == ("이름", "가격", "#4", "#5")


def test_hidden_rows_count_and_a_hidden_sheet_is_no_first_choice() -> None:
    two = as_xlsx([["이름"], ["숨은"]], title="숨은", more={"상품": ROWS, "빈": []})
    book = openpyxl.load_workbook(io.BytesIO(two))
    book.worksheets[0].sheet_state = "hidden"
    book.worksheets[1].row_dimensions[2].hidden = True
    book.active = 1
    table = read_table(saved(book))
    assert (lines(table), table.unread) == (READ, ("숨은",))


def test_a_hidden_sheet_of_an_ods_is_no_first_choice() -> None:
    hidden = '<style:style style:name="ta1"><style:table-properties table:display="false"/>'
    tables = ods_table(ods_rows([["이름"], ["숨은"]]), name="숨은", style="ta1")
    content = ods(tables + ods_table(ods_rows(ROWS)), styles=hidden + "</style:style>")
    table = read_table(content)
    assert (lines(table), table.unread) == (READ, ("숨은",))


def test_the_sheet_with_a_header_is_read_and_the_others_named() -> None:
    notes: Cells = [["이 표를 채워 주세요"], ["고맙습니다"]]
    table = read_table(as_xlsx(notes, title="안내", more={"상품": ROWS}))
    assert (lines(table), table.unread) == (READ, ("안내",))


def test_a_formula_gives_its_last_result() -> None:
    book = as_xlsx([["이름", "가격"], ["감자", "=600*2"]])
    with pytest.raises(Refused, match="Cell B2 holds a formula without its result"):
        read_table(book)
    computed = changed(book, FIRST_SHEET, lambda xml: xml.replace("</f><v />", "</f><v>1200</v>"))
    assert lines(read_table(computed)) == [(2, ["감자", "1200"])]


def test_a_formula_of_an_ods_gives_its_last_result() -> None:
    def document(result: str) -> bytes:
        formula = f'<table:table-cell table:formula="of:=600*2"{result}/>'
        row = ods_row(ods_cell("감자") + formula)
        return ods(ods_table(ods_rows([["이름", "가격"]]) + row))

    with pytest.raises(Refused, match="Cell B2 holds a formula without its result"):
        read_table(document(""))
    computed = document(' office:value-type="float" office:value="1200"')
    assert lines(read_table(computed)) == [(2, ["감자", "1200"])]


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_workbook_as_excel_writes_it() -> None:
    """With shared texts, one of them in two runs, a date by its style, and a calc chain."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{office}.styles+xml"/>'
        f'<Override PartName="/xl/shared.xml" ContentType="{office}.sharedStrings+xml"/></Types>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{kind}"><sheets>'
        '<sheet name="상품" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/shared.xml": f"<sst {main}><si><t>이름</t></si><si><t>날짜</t></si>"
        "<si><r><t>햇</t></r><r><t>감자</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si></sst>",
        "xl/styles.xml": f'<styleSheet {main}><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/calcChain.xml": f'<calcChain {main}><c r="C7" i="1"/><c r="B2" i="1"/></calcChain>',
        "xl/worksheets/sheet1.xml": f'<worksheet {main}><dimension ref="A1"/><sheetData>'
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="3" hidden="1"><c r="A3" t="s"><v>2</v></c>'
        '<c r="B3" s="1"><f>TODAY()</f><v>46328</v></c></row>'
        '</sheetData><mergeCells count="1"><mergeCell ref="A3:A4"/></mergeCells></worksheet>',
    }
    table = read_table(zipped({name: part.encode() for name, part in parts.items()}))
    assert lines(table) == [(3, ["햇감자", "2026-11-02"])]


def test_dates_and_truths_of_a_workbook() -> None:
    row = ["감자", datetime(2026, 11, 2, 9, 30), True, 123456789012]
    table = read_table(as_xlsx([["이름", "a", "b", "c"], row]))
    assert lines(table) == [(2, ["감자", "2026-11-02T09:30:00", "TRUE", "123456789012"])]


def test_notes_and_covered_cells_of_an_ods_are_no_values() -> None:
    row = ods_row(
        "<table:table-cell><office:annotation><text:p>쪽지</text:p></office:annotation>"
        '<text:p>감<text:span>자</text:span><text:s text:c="2"/>상</text:p></table:table-cell>'
        "<table:covered-table-cell><text:p>덮인 것</text:p></table:covered-table-cell>"
    )
    table = read_table(ods(ods_table(ods_rows([["이름", "비고"]]) + row)))
    assert lines(table) == [(2, ["감자  상", ""])]


def test_a_million_repeated_empty_rows_cost_nothing() -> None:
    empty = ods_row(ods_cell(None, times=16_384), times=1_048_570)
    content = ods(ods_table(ods_rows(ROWS[:2]) + empty + ods_rows([["끝"]]) + empty))
    started = time.perf_counter()
    table = read_table(content)
    assert time.perf_counter() - started < 1
    assert [row.line for row in table.rows] == [2, 1_048_573]


def test_repeated_cells_and_rows_are_written_out() -> None:
    rows = ods_rows([["이름", "비고"]]) + ods_row(ods_cell("a", times=2), times=3)
    assert lines(read_table(ods(ods_table(rows)))) == [(line, ["a", "a"]) for line in (2, 3, 4)]


def test_a_stray_cell_far_below_keeps_its_line() -> None:
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    content = changed(as_xlsx(ROWS), FIRST_SHEET, lambda xml: xml.replace("</sheetData>", far))
    assert read_table(content).rows[-1].line == 1_048_576
