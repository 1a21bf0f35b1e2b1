"""Placing an order: what is frozen, what is refused, and never twice."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from wizzle.core.errors import Refused
from wizzle.core.models import AuditRecord, Job
from wizzle.plugins.market import Item, OrderEvent, place_order


def test_an_order_freezes_what_was_agreed(stall):
    potatoes = stall.product("감자", price=990, tax_class="exempt", origin="전북 완주")
    kimchi = stall.product("김치", seller="other_farm", price=12_000, tax_class="taxed", stock=None)
    order = stall.order("alice", {kimchi: 2, potatoes: 3})
    stall.set(potatoes, price=5_000, name="햇감자", unit_label="한 자루", origin="어딘가")

    line, other = stall.lines(order)
    assert (line.product_name, line.unit_label, line.price, line.quantity) == (
        "감자",
        "1kg",
        990,
        3,
    )
    assert (line.seller_name, line.origin) == ("완주로컬푸드협동조합", "전북 완주")
    assert (line.activist_bp, line.centre_bp) == (700, 800)
    assert (line.tax_class, other.tax_class) == ("exempt", "taxed")
    assert (line.delivered, line.paid, line.refunded) == (3, 0, 0)
    assert (stall.stock(potatoes), stall.stock(kimchi)) == (7, None)
    assert (order.state, order.place, order.person_name) == ("placed", "수유 마을부엌", "앨리스")


def test_codes_can_be_read_aloud_and_are_single_at_an_occasion(stall, monkeypatch):
    product = stall.product(stock=None)
    drawn = iter(["NUMB2", "AAAA", "NUMB3", "AAAA", "NUMB4", "BBBB"])
    monkeypatch.setattr(stall.node.random, "code", lambda length, letters: next(drawn))
    first, second = (stall.order(who, {product: 1}) for who in ("alice", "gina"))
    assert (first.code, second.code) == ("AAAA", "BBBB")
    assert first.number == "261123-NUMB2"


def test_the_same_key_again_is_the_same_order(stall):
    product = stall.product(stock=3)
    first = stall.order("alice", {product: 3}, key="once")
    again = stall.order("alice", {product: 3}, key="once")
    stall.fair.close()
    later = stall.order("alice", {product: 1}, key="once")
    assert first.id == again.id == later.id
    assert stall.stock(product) == 0
    assert len(stall.orders()) == 1


def test_the_same_key_of_somebody_else_is_another_order(stall):
    product = stall.product()
    one, other = (stall.order(who, {product: 1}, key="once") for who in ("alice", "gina"))
    assert one.id != other.id


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"감자": 11}, "Only 10 left of 감자."),
        ({"상추": 1}, "상추 is sold out."),
        ({"무": 1}, "무 is not sold any more."),
        ({"김": 2}, "김: Please order at least 3."),
        ({"김": 4}, "김: This product is ordered in steps of 3: take 3 or 6."),
        ({"감자": 0}, "감자: Please order at least 1."),
        ({"감자": -5}, "감자: Please order at least 1."),
        ({"쌀": 10_001}, "쌀: One order takes at most 10000 of a product."),
        ({"쌀": 10**30}, "쌀: One order takes at most 10000 of a product."),
        ({"꿀": 1}, "꿀 is not offered here any more."),
        ({"없음": 1}, "This product is not sold any more."),
        ({}, "There is nothing to order. Please put something in the basket first."),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_refused_with_the_reason(stall, wanted, why):
    ids = {
        "감자": stall.product("감자"),
        "상추": stall.product("상추", stock=0),
        "무": stall.product("무", listed=False),
        "김": stall.product("김", minimum=3, step=3),
        "쌀": stall.product("쌀", stock=None),
        "꿀": stall.product("꿀"),
        "없음": 9_999,
    }
    stall.open(offered=frozenset(ids.values()) - {ids["꿀"]})
    with pytest.raises(Refused) as refused:
        stall.order("alice", {ids[name]: quantity for name, quantity in wanted.items()})
    assert str(refused.value) == why
    assert stall.orders() == []


def test_all_or_nothing(stall):
    plenty, little = stall.product("감자"), stall.product("상추", stock=1)
    with pytest.raises(Refused, match="Only 1 left of 상추"):
        stall.order("alice", {plenty: 2, little: 2})
    assert (stall.stock(plenty), stall.stock(little)) == (10, 1)


def test_a_product_named_twice_is_refused(stall):
    product = stall.product()
    with pytest.raises(Refused, match="named twice"), stall.node.db.write() as session:
        place_order(
            stall.node, session, stall.cast.viewer("alice"), occasion="fair:1",
            items=[Item(product, 1), Item(product, 9)], key="twice",
        )  # fmt: skip


def test_nothing_can_be_ordered_when_the_sale_has_closed(stall):
    product = stall.product()
    stall.node.clock.advance(days=2)
    with pytest.raises(Refused, match="has ended"):
        stall.order("alice", {product: 1})
    stall.fair.close()
    with pytest.raises(Refused, match="The fair is over"):
        stall.order("alice", {product: 1})
    with pytest.raises(Refused, match="does not take orders any more"):
        stall.order("alice", {product: 1}, occasion="nowhere:1")


def test_a_way_to_pay_that_nobody_provides_is_refused(stall):
    product = stall.product()
    with pytest.raises(Refused, match="way to pay"), stall.node.db.write() as session:
        place_order(
            stall.node, session, stall.cast.viewer("alice"), occasion="fair:1",
            items=[Item(product, 1)], key="free", payment="never",
        )  # fmt: skip


def test_it_is_written_down_and_confirmed_by_mail(stall):
    product = stall.product("감자", price=990)
    order = stall.order("alice", {product: 3})
    with stall.node.db.read() as session:
        [event] = session.scalars(select(OrderEvent)).all()
        assert (event.kind, event.details) == ("placed", {"lines": 1, "total": 2_970})
        assert session.scalars(select(AuditRecord.action)).all() == ["market.order.placed"]
        [mail] = session.scalars(select(Job.payload)).all()
    assert mail["to"] == "alice@example.com"
    assert order.code in mail["subject"]
    for words in ("2,970원", "감자 1kg × 3", "수유 마을부엌", f"/orders/{order.uid}"):
        assert words in mail["text"]


def test_the_terms_are_asked_once(stall):
    products = [stall.product(name) for name in ("감자", "무", "쌀")]
    stall.order("alice", dict.fromkeys(products, 1))
    assert stall.fair.asked == 1
