"""The front page: one page whatever is in it, in the largest type that has room, with a code."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.reading import pages_of, reading

from wizzle.core.paper import Column, Front, Piece, write
from wizzle.core.paper.front import fitted
from wizzle.core.paper.pen import Pen

texts = st.text(max_size=300) | st.sampled_from(
    ["", "감자 " * 80, "가" * 400, "🥔" * 50, "뷁힣똠" * 30, "<b>x</b>", "a\nb\n" * 40]
)
pieces = st.builds(Piece, texts, texts, texts)
columns = st.lists(
    st.builds(Column, texts, st.lists(pieces, max_size=45).map(tuple)), max_size=2
).map(tuple)


def page(columns: tuple[Column, ...], **more: object) -> bytes:
    front = Front(
        "강북위즐 마을신문", "제12호", columns, address="https://a.example/paper/12", **more
    )  # type: ignore[arg-type]
    return write(front, reading())


@settings(max_examples=25)
@given(columns, texts, st.lists(st.tuples(texts, texts), max_size=5).map(tuple))
@example((), "", ())
@example((Column("가", (Piece("가" * 200, "나" * 200, "다" * 400),) * 45),) * 2, "라" * 2_000, ())
def test_it_is_one_page_whatever_is_in_it(columns, greeting, figures):
    found = pages_of(page(columns, greeting=greeting, signed=greeting, figures=figures))
    assert len(found) == 1
    assert "a.example/paper/12" in found[0]


def test_few_words_are_large_and_many_are_small_and_what_has_no_room_is_counted():
    few = (Column("다가오는 일", (Piece("김장 나눔", "목요일 오후 4:00", "함께 담가요"),)),) * 2
    many = (
        Column("다가오는 일", tuple(Piece(f"소식 {n}", "날", "글 " * 90) for n in range(40))),
    ) * 2
    pen = Pen("x", "ko", reading().at)
    large, small = fitted(pen, few, 170), fitted(pen, many, 170)
    assert large.size > small.size == 13
    assert large.left_out == [0, 0]
    shown = [len(column) for column in small.columns]
    assert [show + left for show, left in zip(shown, small.left_out, strict=True)] == [40, 40]
    [text] = pages_of(page(many, more="… 그 밖의 %d건"))
    assert "그 밖의" in text


def test_a_single_column_goes_on_beside_itself():
    column = Column("새 소식", tuple(Piece(f"소식 {n}", "월요일", "글") for n in range(12)))
    fit = fitted(Pen("x", "ko", reading().at), (column,), 170)
    assert len(fit.columns) == 2
    assert sum(map(len, fit.columns)) + sum(fit.left_out) == 12
    assert all(fit.columns)


def test_everything_stands_there_in_its_order():
    columns = (
        Column("다가오는 일", (Piece("김장 나눔", "12월 3일 · 마을부엌"), Piece("책 모임"))),
        Column("새 소식", (Piece("새 거점이 열려요", "", "번동 작은도서관"),)),
    )
    [text] = pages_of(page(columns, greeting="바람이 차요.", figures=(("기금", "49,677원"),)))
    words = [
        "바람이 차요.",
        "다가오는 일",
        "김장 나눔",
        "책 모임",
        "새 거점이 열려요",
        "번동 작은도서관",
    ]
    assert all(each in text for each in [*words, "49,677원", "12월 3일 · 마을부엌"])
    assert text.index("김장 나눔") < text.index("책 모임")


def test_the_same_page_is_the_same_bytes():
    columns = (Column("새 소식", (Piece("감자", "", "감자가 나왔어요"),)),)
    assert page(columns) == page(columns)


def test_a_full_column_takes_no_text_from_the_other():
    full = Column("새 소식", tuple(Piece(f"소식 {n}", "날", "글 " * 60) for n in range(40)))
    calm = Column("다가오는 일", (Piece("김장 나눔", "목요일", "글 " * 60),))
    fit = fitted(Pen("x", "ko", reading().at), (calm, full), 170)
    assert len(fit.columns[0][0].text) == 4
    assert fit.columns[1][0].text == []
    assert fit.left_out[1] > 0
