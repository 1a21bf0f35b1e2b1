"""The day of collection: handing over, delivering less, nobody came, money given back."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from wizzle.core.errors import NotFound, Refused
from wizzle.core.models import LedgerPosting
from wizzle.plugins.market import (
    cancel_by_hub,
    deliver_less,
    hand_over,
    mark_not_collected,
    order_lines,
    orders_of,
    refund,
    sold_lines,
)


@pytest.fixture
def hub(stall):
    """Do something with orders as dana of the hub, in a transaction of its own."""

    def act(action, subject, *arguments, **named):
        with stall.node.db.write() as session:
            return action(
                stall.node, session, subject, *arguments,
                actor_id=stall.cast.person("dana").id, **named,
            )  # fmt: skip

    return act


@pytest.fixture
def order(stall):
    """Three bags of potatoes and two of rice, 17,970 won."""
    potatoes, rice = stall.product("감자", price=990), stall.product("쌀", price=7_500)
    return stall.order("alice", {potatoes: 3, rice: 2})


def hub_id(stall):
    return stall.cast.space("hub").id


def test_handing_over_takes_the_money_once(stall, hub, order):
    assert hub(hand_over, order.id) == 17_970
    assert hub(hand_over, order.id) == 0
    assert stall.balance(f"cash:{hub_id(stall)}") == 17_970
    assert stall.balance("held") == 17_970
    assert [line.paid for line in stall.lines(order)] == [2_970, 15_000]
    assert stall.events(order) == ["placed", "collected"]
    stall.check_books()


def test_less_is_paid_when_less_came(stall, hub, order):
    potatoes = stall.lines(order)[0]
    hub(deliver_less, potatoes.id, 2, reason="비가 많이 왔어요")
    assert hub(hand_over, order.id) == 1_980 + 15_000
    with pytest.raises(Refused, match="handed over already"):
        hub(deliver_less, potatoes.id, 1, reason="늦게 알았어요")
    stall.check_books()


@pytest.mark.parametrize("delivered", [-1, 4, 10**12])
def test_neither_more_than_ordered_nor_less_than_nothing_is_delivered(stall, hub, order, delivered):
    with pytest.raises(Refused, match="Between 0 and 3"):
        hub(deliver_less, stall.lines(order)[0].id, delivered, reason="실수")


def test_an_order_of_which_nothing_came_is_handed_over_for_nothing(stall, hub, order):
    for line in stall.lines(order):
        hub(deliver_less, line.id, 0, reason="차가 고장 났어요")
    assert hub(hand_over, order.id) == 0
    assert [each.state for each in stall.orders()] == ["collected"]
    assert stall.balance("held") == 0


def test_goods_can_go_first_and_the_money_come_later(stall, hub, order):
    assert hub(hand_over, order.id, paid=False) == 0
    assert hub(hand_over, order.id, paid=False) == 0
    assert stall.balance("held") == 0
    assert hub(hand_over, order.id) == 17_970
    assert stall.balance("held") == 17_970


def test_nobody_came(stall, hub, order):
    hub(mark_not_collected, order.id, reason="연락이 안 돼요")
    hub(mark_not_collected, order.id, reason="연락이 안 돼요")
    assert stall.events(order) == ["placed", "not_collected"]
    assert stall.stock(stall.lines(order)[0].product_id) == 7
    with pytest.raises(Refused, match="not collected"):
        hub(hand_over, order.id)


def test_the_hub_cancels_and_says_why(stall, hub, order):
    hub(cancel_by_hub, order.id, reason="생산자가 오지 못해요")
    hub(cancel_by_hub, order.id, reason="생산자가 오지 못해요")
    assert [stall.stock(line.product_id) for line in stall.lines(order)] == [10, 10]
    assert stall.events(order) == ["placed", "cancelled"]
    with pytest.raises(Refused, match="was withdrawn"):
        hub(hand_over, order.id)


def test_every_step_of_the_hub_needs_a_reason(stall, hub, order):
    line = stall.lines(order)[0]
    for attempt in (
        lambda: hub(cancel_by_hub, order.id, reason=" "),
        lambda: hub(mark_not_collected, order.id, reason=""),
        lambda: hub(deliver_less, line.id, 0, reason="\n"),
        lambda: hub(refund, line.id, 1, reason="", key="r"),
    ):
        with pytest.raises(Refused, match="say why"):
            attempt()


def test_money_is_given_back_once_per_key_and_never_beyond_what_was_paid(stall, hub, order):
    line = stall.lines(order)[0]
    with pytest.raises(Refused, match="At most 0 won"):
        hub(refund, line.id, 1, reason="먼저", key="before")
    hub(hand_over, order.id)
    hub(refund, line.id, 990, reason="한 봉이 상했어요", key="a")
    hub(refund, line.id, 990, reason="한 봉이 상했어요", key="a")
    with pytest.raises(Refused, match="another amount"):
        hub(refund, line.id, 900, reason="한 봉이 상했어요", key="a")
    for amount in (1_981, 0, -1, 10**15):
        with pytest.raises(Refused, match="At most 1,980 won"):
            hub(refund, line.id, amount, reason="더", key=f"b{amount}")
    hub(refund, line.id, 1_980, reason="모두 상했어요", key="c")
    assert stall.lines(order)[0].refunded == 2_970
    assert stall.balance("held") == 15_000
    assert stall.balance(f"cash:{hub_id(stall)}") == 15_000
    assert stall.events(order) == ["placed", "collected", "refunded", "refunded"]
    stall.check_books()


def test_what_does_not_exist_is_not_found(stall, hub):
    for attempt in (
        lambda: hub(hand_over, 999),
        lambda: hub(refund, 999, 1, reason="?", key="k"),
        lambda: hub(deliver_less, 999, 0, reason="?"),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_shop_is_paid_directly(stall, hub):
    book = stall.product("동네 지도", seller="shop", price=8_000)
    shop = stall.cast.space("shop").id
    order = stall.order("alice", {book: 1}, occasion=f"shop:{shop}")
    assert (stall.line(order).activist_bp, stall.line(order).centre_bp) == (0, 0)
    hub(hand_over, order.id)
    assert stall.balance(f"producer:{shop}") == stall.balance(f"cash:{shop}") == 8_000
    hub(refund, stall.line(order).id, 3_000, reason="표지가 접혔어요", key="r")
    assert stall.balance(f"producer:{shop}") == stall.balance(f"cash:{shop}") == 5_000
    assert stall.balance("held") == 0


def test_a_shop_sells_only_its_own_while_it_is_open(stall):
    shop = stall.cast.space("shop").id
    potatoes = stall.product("감자")
    with pytest.raises(Refused, match="not offered here"):
        stall.order("alice", {potatoes: 1}, occasion=f"shop:{shop}")
    farm = stall.cast.space("farm").id
    with pytest.raises(Refused, match="does not take orders"):
        stall.order("alice", {potatoes: 1}, occasion=f"shop:{farm}")
    for nowhere in ("shop:", "shop:x", "shop:-1", "shop:99999999999999999999", "shop:1;drop"):
        with pytest.raises(Refused, match="does not take orders"):
            stall.order("alice", {potatoes: 1}, occasion=nowhere)


def test_what_is_sold_can_be_settled(stall, hub, order):
    potatoes, rice = stall.lines(order)
    other = stall.order("gina", {potatoes.product_id: 1})
    hub(hand_over, order.id)
    hub(refund, potatoes.id, 2_970, reason="모두 상했어요", key="a")
    hub(refund, rice.id, 500, reason="봉지가 터졌어요", key="a")
    with stall.node.db.read() as session:
        rows = session.execute(sold_lines("fair:1")).all()
        open_ones = orders_of(session, "fair:1", states=["placed"])
        all_lines = order_lines(session, "fair:1")
        total = session.scalar(select(func.count()).select_from(LedgerPosting))
    assert [(row.line_id, row.amount, row.activist_bp) for row in rows] == [(rice.id, 14_500, 700)]
    assert [(row.id, row.amount) for row in open_ones] == [(other.id, 990)]
    assert [(row.order_id, row.product_name) for row in all_lines] == [
        (order.id, "감자"), (order.id, "쌀"), (other.id, "감자"),
    ]  # fmt: skip
    assert total == 3


def test_an_order_is_found_by_code_number_and_name(stall, order):
    stall.order("gina", {stall.lines(order)[0].product_id: 1})
    with stall.node.db.read() as session:
        for words in (order.code.lower(), order.number, "앨리", " 앨리스 "):
            assert [row.id for row in orders_of(session, "fair:1", search=words)] == [order.id]
        assert orders_of(session, "fair:1", search="%") == []
        assert len(orders_of(session, "fair:1", limit=1)) == 1
        assert [r.id for r in orders_of(session, "fair:1", after=order.id)] != [order.id]


def test_what_is_settled_does_not_move(stall, hub, order):
    other = stall.order("gina", {stall.lines(order)[0].product_id: 1})
    hub(hand_over, order.id)
    stall.open(settled=True)
    line = stall.lines(order)[0].id
    for attempt in (
        lambda: hub(refund, line, 1, reason="늦었어요", key="late"),
        lambda: hub(hand_over, other.id),
        lambda: hub(mark_not_collected, other.id, reason="늦었어요"),
        lambda: hub(cancel_by_hub, other.id, reason="늦었어요"),
        lambda: hub(deliver_less, stall.line(other).id, 0, reason="늦었어요"),
    ):
        with pytest.raises(Refused, match="settled"):
            attempt()
    assert stall.balance("held") == 17_970
