"""Stock, steps and tax classes as people write them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Refused
from wizzle.plugins.market.catalog.rules import Stock, Unit, parse_count, parse_stock, parse_tax

BAG = Unit("bag")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("30", 30), ("재고 30", 30), ("1,200", 1_200), ("30봉", 30), ("30개", 30), ("0", 0),
        ("없음", 0), ("품절", 0), ("재고 없음", 0), ("있음", None), ("수시", None),
        ("주문 생산", None), ("무제한", None), ("on demand", None),
    ],
)  # fmt: skip
def test_stock_is_counted_or_on_demand(text: str, left: int | None) -> None:
    assert parse_stock(text, BAG) == Stock(left)


@pytest.mark.parametrize(
    "text", ["-1", "1.5", "30박스", "30kg", "많음", "1,00", "1000001", "소진시"]
)
def test_any_other_stock_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_stock(text, BAG)


@pytest.mark.parametrize(
    ("text", "tax"),
    [("면세", "exempt"), ("비과세", "exempt"), ("농산물", "exempt"), ("과세", "taxed"),
     ("Tax-exempt", "exempt"), ("부가세 포함", "taxed")],
)  # fmt: skip
def test_a_tax_class(text: str, tax: str) -> None:
    assert parse_tax(text) == tax


@pytest.mark.parametrize("text", ["영세율", "가공식품", "O", ""])
def test_a_tax_class_that_may_be_either_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="neither"):
        parse_tax(text)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "두 개", "10001", ""])
def test_a_minimum_is_a_whole_number(text: str) -> None:
    assert parse_count("10,000") == 10_000
    with pytest.raises(Refused, match="whole number"):
        parse_count(text)


READERS: list[Callable[[str], object]] = [parse_stock, parse_count, parse_tax]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@given(text=st.one_of(st.text(), st.text("0123456789-()+. ", max_size=20)))
def test_any_text_is_read_or_refused(read: Callable[[str], object], text: str) -> None:
    with suppress(Refused):
        assert read(text) is not None
