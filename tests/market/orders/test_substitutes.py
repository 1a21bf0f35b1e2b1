"""What stands in for something costs no more than was allowed, whatever it weighs."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import assume, given
from hypothesis import strategies as st

from wizzle.plugins.market.orders.actions.substitute import most_of, piece_price
from wizzle.plugins.market.orders.rules import cost


@given(
    st.integers(1, 10**6), st.integers(1, 50_000), st.integers(1, 10**6), st.integers(1, 9),
    st.integers(1, 10**6),
)  # fmt: skip
def test_no_weight_makes_it_dearer_than_allowed(
    price: int, expected: int, up_to: int, units: int, grams: int
) -> None:
    good = SimpleNamespace(price=price, sold_by="weight", expected_g=expected)
    assume(piece_price(good) <= up_to)  # else it is not offered
    most = most_of(good, up_to)
    assert most is not None
    paid = cost(price, units, sold_by="weight", expected_g=expected, weighed_g=grams, most_g=most)
    assert paid <= units * up_to


def test_pieces_have_no_bound_of_weight() -> None:
    good = SimpleNamespace(price=1_000, sold_by="piece", expected_g=None)
    assert most_of(good, 1_500) is None
    assert piece_price(good) == 1_000
