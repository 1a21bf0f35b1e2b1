"""Prices as people write them: read to the won, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Refused
from wizzle.plugins.market.catalog.rules import parse_price, parse_won

DIGITS = " 일이삼사오육칠팔구"
FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")


def spelled(won: int) -> str:
    """Write a number below 1억 in Hangul: 12,300 is 만이천삼백."""

    def section(number: int) -> str:
        written = ""
        for unit, name in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
            digit, number = divmod(number, unit)
            if digit:
                written += ("" if digit == 1 and name else DIGITS[digit]) + name
        return written

    many, few = divmod(won, 10_000)
    return (("만" if many == 1 else section(many) + "만") if many else "") + section(few)


def in_ten_thousands(won: int) -> str:
    many, few = divmod(won, 10_000)
    return f"{many}만 {few:,}" if many and few else f"{many}만" if many else str(few)


STYLES: dict[str, Callable[[int], str]] = {
    "1200": str,
    "1,200": lambda won: f"{won:,}",
    "1,200원": lambda won: f"{won:,}원",
    "1200 원": lambda won: f"{won} 원",
    "₩1,200": lambda won: f"₩{won:,}",
    "₩ 1,200": lambda won: f" ₩ {won:,} ",
    "full-width": lambda won: f"{won:,}원".translate(FULL_WIDTH),
    "full-width sign": lambda won: f"￦{won}",
    "of a spreadsheet": lambda won: f"{won}.0",
    "with two zeros": lambda won: f"{won:,}.00",
    "KRW": lambda won: f"KRW {won:,}",
    "1만 2,345원": lambda won: in_ten_thousands(won) + "원",
    "천이백원": lambda won: spelled(won) + "원",
}


@pytest.mark.parametrize("style", STYLES)
@given(won=st.integers(1, 99_999_999))
def test_every_style_gives_the_same_won(style: str, won: int) -> None:
    assert parse_won(STYLES[style](won)) == won


@given(won=st.integers(1, 9_999))
def test_tenths_of_ten_thousand_are_exact(won: int) -> None:
    whole, tenth = divmod(won, 10)
    assert parse_won(f"{whole}.{tenth}만원") == won * 1000


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("1만2천원", 12_000),
        ("3만 5천", 35_000),
        ("1.5만원", 15_000),
        ("만원", 10_000),
        ("오천원", 5_000),
        ("삼만 오천 원", 35_000),
        ("십이만 삼천원", 123_000),
        ("2천5백원", 2_500),
        ("35천원", 35_000),
        ("3만5원", 30_005),
        ("1만500", 10_500),
        ("1억원", 100_000_000),
        ("\\1,200", 1_200),
    ],
)
def test_what_people_write(text: str, won: int) -> None:
    assert parse_won(text) == won


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.200", "more than one way"),
        ("1.200,00", "more than one way"),
        ("12,00", "more than one way"),
        ("1,2345", "more than one way"),
        ("1 200", "more than one way"),
        ("0120", "more than one way"),
        ("3만5", "more than one way"),
        ("1만25", "more than one way"),
        ("2천12백", "more than one way"),
        ("1.200만", "more than one way"),
        ("1200.5", "whole won"),
        ("1.23456만원", "whole won"),
        ("-1200", "negative"),
        ("(1,200)", "negative"),
        ("△1,200", "negative"),
        ("0", "at least 1"),
        ("0원", "at least 1"),
        ("100,000,001", "at most 100,000,000"),
        ("9" * 40, "not a price|more than one way"),
        ("1,000~2,000원", "not a price"),
        ("시가", "not a price"),
        ("$12", "not a price"),
        ("1²", "not a price"),
        ("1,200원/봉/kg", "not a price"),
        ("", "missing"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        parse_price(text)


@pytest.mark.parametrize(
    ("text", "won", "code", "label"),
    [
        ("1,200 원/봉", 1_200, "bag", "봉"),
        ("kg당 5,000원", 5_000, "mass/1000g", "kg"),
        ("100g 당 3천원", 3_000, "mass/100g", "100g"),
        ("8,000원 / 1L", 8_000, "volume/1000ml", "1L"),
        ("9,000원(30구)", 9_000, "30*piece", "30구"),
    ],
)
def test_a_unit_beside_the_price_is_read_too(text: str, won: int, code: str, label: str) -> None:
    price = parse_price(text)
    assert price.unit is not None
    assert (price.won, price.unit.code, price.unit_label) == (won, code, label)
    with pytest.raises(Refused):
        parse_won(text)


PIECES = st.sampled_from([*"만천백억원₩당/(),.105봉-１½ ", "kg"])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.integers().map(str)))
def test_any_text_is_a_price_or_refused(text: str) -> None:
    with suppress(Refused):
        assert 1 <= parse_price(text).won <= 100_000_000


def test_a_long_text_in_the_price_column_is_answered_at_once() -> None:
    with pytest.raises(Refused):
        parse_price("1당" * 1_000)
