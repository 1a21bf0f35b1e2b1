"""How much of a sale goes to a campaign, whatever was sold and given back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from wizzle.core.errors import Invalid
from wizzle.plugins.board.goods.rules import Terms, allotted, due, share_key
from wizzle.plugins.board.goods.schemas import Product
from wizzle.plugins.market.orders.rules import units_left

TODAY = date(2026, 11, 23)
WON = st.integers(0, 10_000_000)


@given(st.lists(WON, max_size=12), st.integers(-1_000_000, 50_000_000))
def test_together_they_never_get_more_than_the_seller_has(dues, most):
    found = allotted(dues, most)
    assert sum(found) == min(sum(dues), max(0, most))
    assert all(0 <= won <= asked for won, asked in zip(found, dues, strict=True))


@given(st.integers(0, 500), WON, st.integers(1, 10_000))
def test_a_rate_never_gives_more_than_was_paid(units, paid, rate_bp):
    assert 0 <= due(units, paid, per_unit=None, rate_bp=rate_bp) <= paid
    assert due(units, paid, per_unit=100, rate_bp=None) == 100 * units


@given(st.integers(1, 500), st.integers(1, 100_000), st.data())
def test_only_what_was_given_back_whole_counts_no_more(units, price, data):
    paid = units * price
    back = data.draw(st.integers(0, paid))
    assert units_left(units, paid, paid - back) == units - back // price


@pytest.mark.parametrize(
    ("field", "terms"),
    [
        ("per_unit", Terms(TODAY, TODAY)),
        ("per_unit", Terms(TODAY, TODAY, 100, 100)),
        ("until_on", Terms(TODAY, TODAY - timedelta(days=1), 100)),
        ("until_on", Terms(TODAY + timedelta(days=9), TODAY, 100)),
        ("until_on", Terms(TODAY, TODAY + timedelta(days=3 * 366 + 1), 100)),
    ],
)
def test_terms_name_one_share_and_days_to_come(field, terms):
    with pytest.raises(Invalid) as caught:
        terms.check(TODAY)
    assert list(caught.value.fields) == [field]


def test_long_keys_of_postings_stay_apart():
    one, other = ("x" * 115 + end for end in "ab")
    keys = {share_key(1, one), share_key(1, other), share_key(12, one), share_key(1, "short")}
    assert len(keys) == 4
    assert all(len(key) <= 120 for key in keys)


@pytest.mark.parametrize(
    "typed", ["12", "/market/12", "https://gangbuk.example/market/12?from=1#top", "/market/12/"]
)
def test_a_product_is_known_by_its_address(typed):
    assert Product().deserialize(typed) == 12


@pytest.mark.parametrize("typed", ["", "감자", "-1", "1234567890", "/spaces/12", "１２"])
def test_anything_else_is_no_product(typed):
    with pytest.raises(ValidationError):
        Product(required=True).deserialize(typed)
