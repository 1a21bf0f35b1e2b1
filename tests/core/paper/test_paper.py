"""Papers: what a hub prints says everything, on as many pages as it takes, in Korean."""

from __future__ import annotations

import hashlib
import io
import json
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
import vendor
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from support.reading import MORNING, pages_of, reading

from wizzle.core import paper
from wizzle.core.paper import (
    Facts,
    Heading,
    Label,
    Labels,
    Listing,
    Paper,
    Paragraph,
    Sheet,
    write,
)
from wizzle.core.paper.pen import Pen
from wizzle.core.tables import Column, Table

FONTS = Path(paper.__file__).parent / "fonts"
COLUMNS = (Column("상품"), Column("주문", "whole"), Column("금액", "won"))


def listing(count: int, *, name: str = "감자 {}번", most: int = 20_000) -> Listing:
    rows = [(name.format(number), number, number * 1_000) for number in range(count)]
    totals = ("합계", sum(row[1] for row in rows), sum(row[2] for row in rows))
    return Listing(Table("표", COLUMNS, rows, most), totals)


def sheet(*blocks: object, title: str = "강북 농장") -> Paper:
    return Paper("주문서", (Sheet(title, blocks, over="주문서", aside="48주"),), footer="강북위즐")


def test_a_sheet_says_all_that_was_put_on_it():
    facts = Facts((("가져올 때", "11월 26일(목)"), ("전화", ""), ("곳", "수유동 마을회관")))
    words = Paragraph("수량이 바뀔 수 있어요.", "strong")
    text = "\n".join(pages_of(write(sheet(facts, words, listing(2), Heading("안내")), reading())))
    for said in ("강북 농장", "주문서", "48주", "가져올 때", "11월 26일(목)", "수유동 마을회관",
                 "수량이 바뀔 수 있어요.", "감자 1번", "1,000원", "합계",
                 "안내", "강북위즐", "1 / 1"):  # fmt: skip
        assert said in text
    assert "전화" not in text


def test_500_rows_go_over_pages_with_their_heading_and_one_total():
    pages = pages_of(write(sheet(listing(500)), reading()))
    assert len(pages) > 10
    assert [number for page in pages for number in re.findall(r"감자 (\d+)번", page)] == [
        str(number) for number in range(500)
    ]
    assert all("상품" in page and "금액" in page for page in pages)
    assert [page.count("합계") for page in pages] == [0] * (len(pages) - 1) + [1]
    assert "124,750,000원" in pages[-1]
    assert [re.search(r"(\d+ / \d+)", page)[1] for page in pages] == [
        f"{number} / {len(pages)}" for number in range(1, len(pages) + 1)
    ]
    assert all("강북 농장" in page for page in pages)


def test_each_sheet_begins_a_page_of_its_own():
    two = Paper("주문서", (Sheet("가 농장", (listing(2),)), Sheet("나 농장", (listing(2),))))
    pages = pages_of(write(two, reading()))
    assert ["가 농장" in page for page in pages] == [True, False]
    assert "2 / 2" in pages[1]


def test_a_long_text_is_broken_and_nothing_of_it_is_lost():
    words = " ".join(f"낱말{number}" for number in range(900))
    table = Table("표", (Column("글"), Column("값", "won")), [(words, 1), ("가" * 3_000, 2)])
    text = "".join(pages_of(write(sheet(Listing(table), Paragraph(words)), reading())))
    assert all(text.count(f"낱말{number}") >= 2 for number in range(900))
    assert text.count("가") >= 3_000


def test_a_paper_that_is_cut_says_so():
    text = "".join(pages_of(write(sheet(listing(9, most=5)), reading())))
    assert "앞의 5줄만 적었어요. 뒤에 더 있어요." in text
    assert "감자 5번" not in text


def test_what_the_typeface_lacks_leaves_a_mark():
    words = Paragraph("合計 😀 المجموع 표고👍🏽버섯 s\u20d7")
    text = "".join(pages_of(write(sheet(words, title="合同"), reading())))
    assert "□□" in text
    assert "표고□버섯" in text
    assert "s□" in text


def test_hangul_written_in_parts_as_on_a_mac_is_composed():
    parts = "".join(map(chr, (0x1112, 0x1161, 0x11AB, 0x1100, 0x1173, 0x11AF)))
    assert "한글" in "".join(pages_of(write(sheet(Paragraph(parts)), reading())))


@settings(max_examples=8)
@given(text=st.text(max_size=60))
def test_no_text_breaks_a_paper(text):
    label = Label(text, text, (text,), note=text)
    table = Table(text, (Column(text), Column(text, "won")), [(text, 1)])
    whole = Paper(text, (Sheet(text, (Facts(((text, text),)), Listing(table)), text, text),), text)
    assert write(whole, reading()).startswith(b"%PDF")
    assert write(Labels(text, (label,)), reading()).startswith(b"%PDF")


def test_the_same_paper_makes_the_same_bytes():
    first = write(sheet(listing(3)), reading())
    assert write(sheet(listing(3)), reading()) == first
    assert write(sheet(listing(3)), reading(at=MORNING + timedelta(hours=1))) != first


def test_a_paper_says_when_it_was_made_and_in_which_language():
    document = PdfReader(io.BytesIO(write(sheet(), reading())))
    assert document.metadata.creation_date == MORNING
    assert document.metadata.title == "주문서"
    assert document.root_object["/Lang"] == "ko"


def test_a_paper_is_small_because_only_its_own_glyphs_go_with_it():
    assert len(write(sheet(listing(20)), reading())) < 40_000


def test_labels_hold_code_name_contents_and_fourteen_a_sheet():
    labels = tuple(
        Label(f"A{number}", f"이웃 {number}", (f"감자 × {number}",), "48주", "https://x.example/1")
        for number in range(15)
    )
    pages = pages_of(write(Labels("이름표", labels), reading()))
    assert [page.count("이웃") for page in pages] == [14, 1]
    assert all(said in pages[0] for said in ("A13", "이웃 13", "감자 × 13", "48주"))
    used = pages_of(write(Labels("이름표", labels, used=13), reading()))
    assert [page.count("이웃") for page in used] == [1, 14]


def test_contents_too_long_for_a_label_go_on_with_a_second_one():
    lines = tuple(f"물건 {number} 한 상자 아주 긴 이름 × {number}" for number in range(12))
    (page,) = pages_of(write(Labels("이름표", (Label("A7", "김수유", lines),)), reading()))
    parts = re.findall(r"(\d) / (\d)", page)
    assert len(parts) > 1
    assert {whole for _, whole in parts} == {str(len(parts))}
    assert page.count("A7") == len(parts)
    assert all(f"물건 {number} " in page for number in range(12))


def test_no_labels_are_an_empty_page():
    assert len(pages_of(write(Labels("이름표", ()), reading()))) == 1


def test_the_typeface_is_the_one_that_the_manifest_names():
    manifest = json.loads((FONTS / "manifest.json").read_text("utf-8"))
    assert (manifest["name"], manifest["licence"]) == ("pretendard", "OFL-1.1")
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in FONTS.iterdir()
        if file.name != "manifest.json"
    }
    assert found == manifest["sha256"]
    assert set(found) == set(vendor.PAPER_FILES)
    assert manifest["version"] == vendor.TYPEFACE.version
    assert "SIL OPEN FONT LICENSE" in (FONTS / "LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_won_are_written_as_the_reader_writes_them(language):
    text = "".join(pages_of(write(sheet(listing(2)), reading(language))))
    assert ("1,000원" if language == "ko" else "₩1,000") in text


def test_a_text_far_too_long_for_its_line_is_cut_at_once():
    face = Pen("", "ko", MORNING).face()
    begun = time.monotonic()
    line = face.fitted("가나 " * 20_000, 8, 100)
    assert time.monotonic() - begun < 1
    assert line.endswith("…")
    assert 95 < face.width(line, 8) <= 100


def test_half_a_sign_in_a_name_breaks_no_paper():
    assert write(Paper("a\ud800\0b", ()), reading()).startswith(b"%PDF")
