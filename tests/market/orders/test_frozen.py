"""What is agreed stays agreed: goods by weight, labels and containers on the lines of an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from wizzle.core.models import Job, Space
from wizzle.plugins.market import Item, OrderLine, change_order, hand_over
from wizzle.plugins.market.accounts.models import Container
from wizzle.plugins.market.orders.queries import terms_of
from wizzle.plugins.market.orders.rules import cost

FAIR = "fair:1"
HEN = {"unit_label": "마리", "price": 12_900, "sold_by": "weight", "expected_g": 1_200}


def row(line):
    return {each.key: getattr(line, each.key) for each in inspect(OrderLine).column_attrs}


@pytest.fixture
def whole(stall):
    """A product of which everything is said that a seller can say."""
    with stall.node.db.write() as session:
        session.add(Container(name="유리병", deposit=500))
    return stall.product(
        "토종닭", **HEN, variant="큰 것", allergens="chicken", storage="냉장",
        certification="antibiotic_free", certificate_number="12-3",
        certificate_until=date(2026, 12, 1), container_id=1,
    )  # fmt: skip


def test_a_line_freezes_all_that_was_said_of_its_product(stall, whole):
    line = stall.line(stall.order("alice", {whole: 2}))
    assert line.product_name == "토종닭 (큰 것)"
    assert (line.sold_by, line.expected_g, line.most_g, line.weighed_g) == (
        "weight",
        1200,
        1440,
        None,
    )
    assert line.amount == 30_960
    assert line.certificate == "antibiotic_free 12-3 2026-12-01"
    assert (line.allergens, line.storage, line.container_id) == ("chicken", "냉장", 1)


def test_later_changes_of_the_product_never_alter_a_placed_line(stall, whole):
    order = stall.order("alice", {whole: 2})
    before = row(stall.line(order))
    stall.set(
        whole, name="오리", variant="작은 것", price=99_000, unit_label="상자", sold_by="piece",
        expected_g=None, allergens="", certification="", certificate_number="",
        certificate_until=None, container_id=None, origin="딴 곳", storage="", tax_class="taxed",
        stock=0, listed=False,
    )  # fmt: skip
    assert row(stall.line(order)) == before


def test_less_of_a_line_keeps_its_price_and_counts_it_anew(stall, whole):
    order = stall.order("alice", {whole: 3})
    stall.set(whole, price=99_000, expected_g=5_000)
    with stall.node.db.write() as session:
        change_order(
            stall.node, session, stall.cast.viewer("alice"), order.id, [Item(whole, 1)], version=1
        )
    line = stall.line(order)
    assert (line.price, line.expected_g, line.amount) == (12_900, 1_200, 15_480)


def test_more_is_not_had_at_the_old_weight(stall, whole):
    order = stall.order("alice", {whole: 1})
    stall.set(whole, expected_g=1_500)
    with pytest.raises(Exception, match="price of 토종닭"), stall.node.db.write() as session:
        change_order(
            stall.node, session, stall.cast.viewer("alice"), order.id, [Item(whole, 2)], version=1
        )


def test_a_certificate_that_has_run_out_is_not_frozen(stall, whole):
    stall.set(whole, certificate_until=stall.node.clock.now().date() - timedelta(days=2))
    assert stall.line(stall.order("alice", {whole: 1})).certificate == ""


@given(st.integers(1, 200_000), st.integers(1, 20), st.integers(10, 50_000), st.integers(0, 10**6))
def test_a_weighed_line_is_rounded_once_and_never_beyond_what_was_agreed(
    price, number, expected, g
):
    """I2: won per kilogram times grams, once; at most a fifth over what is expected."""
    most = expected * 6 // 5
    paid = cost(price, number, sold_by="weight", expected_g=expected, weighed_g=g, most_g=most)
    assert paid == (price * min(g, most * number) + 500) // 1_000
    about = cost(price, number, sold_by="weight", expected_g=expected, most_g=most)
    assert paid <= about * 6 / 5 + 1


def test_sums_of_goods_by_weight_say_that_they_are_expected(stall, as_, whole):
    alice = as_("alice")
    alice.post("/basket/add", data={"product_id": whole, "occasion": FAIR, "quantity": 2})
    for path in ("/basket", "/checkout"):
        page = alice.get(path).text
        assert "토종닭 (큰 것)" in page
        assert "약 1.2kg, 1kg에 12,900원, 예상 15,480원" in page
        assert "30,960원" in page
        assert "닭고기" in page
    order = stall.order("alice", {whole: 2})
    assert "예상" in alice.get(f"/orders/{order.uid}").text
    with stall.node.db.read() as session:
        letter = session.scalars(select(Job).where(Job.kind == "mail")).all()[-1].payload["text"]
    assert "약 30,960원" in letter


def test_the_real_sum_is_shown_once_it_was_weighed(stall, as_, whole):
    order = stall.order("alice", {whole: 2})
    with stall.node.db.write() as session:
        line = session.get_one(OrderLine, stall.line(order).id)
        line.weighed_g, line.amount = 2_345, 30_251
    page = as_("alice").get(f"/orders/{order.uid}").text
    assert "30,251원" in page
    assert "2.345kg" in page
    assert "예상" not in page


def test_terms_must_name_the_occasion_that_was_asked_about(stall):
    stall.fair.terms[FAIR] = replace(stall.fair.terms[FAIR], occasion="fair:2")
    with pytest.raises(ValueError, match="fair:2"), stall.node.db.read() as session:
        terms_of(stall.node, session, FAIR)


LATER = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["오리", "거위"]), "price": st.integers(1, 10**6),
        "unit_label": st.sampled_from(["상자", "봉"]), "tax_class": st.sampled_from(["taxed"]),
        "origin": st.sampled_from(["딴 곳", ""]), "storage": st.just(""),
        "allergens": st.sampled_from(["", "egg"]), "expected_g": st.integers(10, 9_000),
        "stock": st.none() | st.integers(0, 99), "listed": st.booleans(),
        "certificate_until": st.none(),
    },
)  # fmt: skip


def test_whatever_changes_later_the_line_is_as_it_was_agreed(stall, whole):
    """I3: neither the catalogue nor the seller's name nor new rates reach a placed line."""
    order = stall.order("alice", {whole: 2})
    before = row(stall.line(order))

    @settings(max_examples=10)
    @given(changes=st.lists(LATER, min_size=1, max_size=3), rates=st.tuples(st.integers(500, 800)))
    def later(changes, rates):
        for change in changes:
            stall.set(whole, **change)
        stall.fair.terms[FAIR] = replace(
            stall.fair.terms[FAIR], activist_bp=rates[0], centre_bp=rates[0]
        )
        with stall.node.db.write() as session:
            session.get_one(Space, before["seller_id"]).name = f"농장 {rates[0]}"
        assert row(stall.line(order)) == before

    later()
    with stall.node.db.write() as session:
        hand_over(stall.node, session, order.id, actor_id=stall.cast.person("dana").id)
    changed = {key: value for key, value in row(stall.line(order)).items() if value != before[key]}
    assert changed == {"paid": before["amount"]}
