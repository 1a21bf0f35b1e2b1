"""What a seller types, read as it is meant, or refused at the field that cannot be read."""

from __future__ import annotations

import pytest

from wizzle.core.errors import Invalid
from wizzle.plugins.market.catalog.schemas import read_new

TYPED = {
    "name": "햇감자", "category": "채소", "unit": "1kg", "price": "3,000원", "tax_class": "exempt",
    "origin": "전북 완주", "minimum": "1", "step": "1", "description": "", "stock": "",
}  # fmt: skip


def test_read_as_it_is_meant():
    draft, stock = read_new(
        {**TYPED, "name": "  햇  감자 ", "unit": "봉 500g", "price": "3만5천", "stock": "1,000",
         "description": "둘째 줄까지\r\n적어요", "minimum": "2", "step": "2"}
    )  # fmt: skip
    assert (draft.name, draft.unit_label, draft.unit_code) == ("햇 감자", "봉 500g", "bag/500g")
    assert (draft.price, stock, draft.minimum, draft.step) == (35_000, 1000, 2, 2)
    assert draft.description == "둘째 줄까지\n적어요"


def test_no_stock_is_on_demand():
    assert read_new(TYPED)[1] is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""), ("name", "가" * 81), ("price", ""), ("price", "0"), ("price", "-500"),
        ("price", "비쌈"), ("price", "1.200"), ("unit", ""), ("unit", "한 아름"), ("origin", ""),
        ("category", ""), ("tax_class", ""), ("tax_class", "none"), ("minimum", "0"),
        ("minimum", "반"), ("step", "-1"), ("stock", "많이"), ("stock", "-3"),
        ("description", "가" * 2001),
    ],
)  # fmt: skip
def test_refused_at_the_field(field, typed):
    with pytest.raises(Invalid) as refused:
        read_new({**TYPED, field: typed})
    assert set(refused.value.fields) == {field}


def test_everything_wrong_is_said_at_once():
    with pytest.raises(Invalid) as refused:
        read_new({"stock": "많이"})
    wrong = {"name", "category", "unit", "price", "tax_class", "origin", "stock"}
    assert wrong <= set(refused.value.fields)
