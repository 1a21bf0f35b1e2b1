"""I2: what is weighed is rounded once, however often it is weighed, and at most what was agreed."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from wizzle.core.errors import Refused
from wizzle.plugins.market import hand_over, weigh

FAIR = "fair:1"
HALF = Fraction(1, 2)


def rounded(amount: Fraction) -> int:
    """Half a won goes up, as it is written and not as it is reckoned elsewhere."""
    return (amount + HALF).__floor__()


def test_the_last_weight_is_paid_once_rounded_and_at_most_what_was_agreed(stall):
    dana = stall.cast.person("dana").id

    @settings(max_examples=12)
    @given(
        price=st.integers(1, 99_999), expected=st.integers(10, 20_000), pieces=st.integers(1, 6),
        weights=st.lists(st.integers(1, 140), min_size=1, max_size=3),
    )  # fmt: skip
    def a_week(price, expected, pieces, weights):
        product = stall.product(
            f"닭 {next(stall.keys)}", price=price, sold_by="weight", expected_g=expected,
            unit_label="마리", stock=None,
        )  # fmt: skip
        order = stall.order("alice", {product: pieces})
        line = stall.line(order)
        assert line.amount == rounded(Fraction(price * expected * pieces, 1_000))
        agreed = rounded(Fraction(price * line.most_g * pieces, 1_000))
        kept = None
        for percent in weights:
            grams = max(1, expected * pieces * percent // 100)
            try:
                with stall.node.db.write() as session:
                    weigh(stall.node, session, FAIR, {line.id: grams}, actor_id=dana)
                kept = grams
            except Refused:
                continue  # ten times too little cannot be meant
        if kept is None:
            return
        with stall.node.db.write() as session:
            hand_over(stall.node, session, order.id, actor_id=dana)
        paid = stall.line(order)
        charged = min(kept, line.most_g * pieces)
        assert paid.paid == paid.amount == rounded(Fraction(price * charged, 1_000))
        assert paid.paid <= agreed
        assert (paid.quantity, paid.price, paid.expected_g) == (pieces, price, expected)

    a_week()
    stall.check_books()
