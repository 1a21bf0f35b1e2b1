"""What people call their columns."""

from __future__ import annotations

import pytest

from wizzle.core.errors import Refused
from wizzle.plugins.market.imports.rules import (
    PRODUCER_COLUMNS,
    PRODUCT_COLUMNS,
    is_header,
    match_columns,
)


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("가격", "price"),
        ("가격(원)*", "price"),
        (" 단 가 ", "price"),
        ("Unit price", "price"),
        ("최소 주문수량", "minimum"),
        ("면세/과세", "tax_class"),
        ("Tax class", "tax_class"),
        ("시·도", "province"),
        ("생산자", "seller"),
        ("品名", None),
        ("(주)이름", None),
        ("", None),
    ],
)
def test_a_column_goes_by_many_names(column: str, field: str | None) -> None:
    columns = match_columns([column], PRODUCT_COLUMNS, required=())
    assert list(columns.of_field) == ([field] if field else [])
    assert is_header(column) == bool(field)
    assert columns.unknown == (() if field else (column,))


@pytest.mark.parametrize("names", [PRODUCER_COLUMNS, PRODUCT_COLUMNS])
def test_no_word_means_two_fields(names: dict[str, str]) -> None:
    words = [word for field in names.values() for word in field.split()]
    assert len(words) == len(set(words))
    assert all(map(is_header, words))


def test_a_missing_column_is_named_with_examples() -> None:
    with pytest.raises(Refused, match="It may be called: 이름, item"):
        match_columns(["가격"], PRODUCT_COLUMNS, required=("name",))
