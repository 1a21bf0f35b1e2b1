"""Whatever people do, in whatever order: no unit and no won is lost or made."""

from __future__ import annotations

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from wizzle.core import ledger
from wizzle.core.errors import Refused
from wizzle.core.models import LedgerEntry
from wizzle.core.values import NOTHING, split
from wizzle.plugins.market import (
    Item,
    Order,
    OrderEvent,
    OrderLine,
    Product,
    cancel_by_hub,
    change_order,
    deliver_less,
    hand_over,
    mark_not_collected,
    place_order,
    refund,
    withdraw_order,
)

GOODS = 3
rounds = count()

which = st.integers(0, GOODS - 1)
quantities = st.integers(1, 6) | st.integers(-1, 9)
carts = st.dictionaries(which, quantities, min_size=1, max_size=GOODS)
nth = st.integers(0, 5)
steps = st.one_of(
    st.tuples(st.just("order"), st.sampled_from(["alice", "gina"]), carts),
    st.tuples(st.just("order again"), nth),
    st.tuples(st.just("change"), nth, carts, st.integers(0, 1)),
    st.tuples(st.just("withdraw"), nth),
    st.tuples(st.just("less"), nth, st.integers(-1, 3)),
    st.tuples(st.just("cancel"), nth),
    st.tuples(st.just("hand over"), nth, st.booleans()),
    st.tuples(st.just("nobody"), nth),
    st.tuples(st.just("refund"), nth, st.integers(-5, 30_000), st.integers(0, 2)),
    st.tuples(st.just("price"), which, st.integers(1, 20_000)),
)
beginnings = st.lists(
    st.tuples(st.just("order"), st.sampled_from(["alice", "gina"]), carts), min_size=2, max_size=5
)


class Play:
    """Plays steps on a node, each in its transaction; a refused one leaves nothing behind."""

    def __init__(self, stall, stocks, prices):
        self.stall, self.node = stall, stall.node
        self.round = next(rounds)
        self.stocks = stocks
        self.goods = [
            stall.product(f"물건 {self.round}-{number}", stock=stock, price=price, minimum=1)
            for number, (stock, price) in enumerate(zip(stocks, prices, strict=True))
        ]
        self.orders = []
        self.dana = stall.cast.person("dana").id

    def do(self, step):
        act = getattr(self, "_" + step[0].replace(" ", "_"))
        try:
            with self.node.db.write() as session:
                made = act(session, *step[1:])
        except Refused:
            return
        if made is not None:
            self.orders.append(made)

    def _items(self, cart):
        return [Item(self.goods[number], quantity) for number, quantity in cart.items()]

    def _order(self, session, who, cart):
        person, key = self.stall.cast.viewer(who), f"{self.round}-{len(self.orders)}"
        made = place_order(
            self.node, session, person, occasion="fair:1", items=self._items(cart), key=key
        )
        return made, person, cart, key

    def _order_again(self, session, number):
        if number < len(self.orders):
            order, person, cart, key = self.orders[number]
            again = place_order(
                self.node, session, person, occasion="fair:1", items=self._items(cart), key=key
            )
            assert again.id == order.id

    def _one(self, session, number):
        """The order of this number as it stands; the first one that there is otherwise."""
        if not self.orders:
            raise Refused("none yet")
        order, person, _, _ = self.orders[number % len(self.orders)]
        return session.get_one(Order, order.id), person

    def _change(self, session, number, cart, stale):
        order, person = self._one(session, number)
        change_order(
            self.node, session, person, order.id, self._items(cart), version=order.version - stale
        )

    def _withdraw(self, session, number):
        order, person = self._one(session, number)
        withdraw_order(self.node, session, person, order.id)

    def _line(self, session, number):
        order, _ = self._one(session, number)
        lines = select(OrderLine.id).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
        found = session.scalars(lines).all()
        return found[number % len(found)]

    def _less(self, session, number, missing):
        line = session.get_one(OrderLine, self._line(session, number))
        delivered = line.quantity - missing
        deliver_less(self.node, session, line.id, delivered, reason="비", actor_id=self.dana)

    def _cancel(self, session, number):
        order, _ = self._one(session, number)
        cancel_by_hub(self.node, session, order.id, reason="눈", actor_id=self.dana)

    def _hand_over(self, session, number, paid):
        order, _ = self._one(session, number)
        hand_over(self.node, session, order.id, actor_id=self.dana, paid=paid)

    def _nobody(self, session, number):
        order, _ = self._one(session, number)
        mark_not_collected(self.node, session, order.id, reason="밤", actor_id=self.dana)

    def _refund(self, session, number, amount, key):
        line = self._line(session, number)
        refund(self.node, session, line, amount, reason="멍", actor_id=self.dana, key=f"r{key}")

    def _price(self, session, number, price):
        session.get_one(Product, self.goods[number]).price = price

    def check(self):
        with self.node.db.read() as session:
            self._check_stock(session)
            self._check_money(session)

    def _check_stock(self, session):
        """Stock = what there was - what is ordered - what never came of withdrawn orders."""
        rows = session.execute(
            select(
                OrderLine.product_id, OrderLine.quantity, OrderLine.delivered, OrderLine.taken,
                Order.state,
            )
            .join(Order, Order.id == OrderLine.order_id)
            .where(OrderLine.product_id.in_(self.goods))
        ).all()  # fmt: skip
        gone = dict.fromkeys(self.goods, 0)
        for row in rows:
            withdrawn = row.state == "withdrawn"
            gone[row.product_id] += row.taken - withdrawn * min(row.taken, row.delivered)
        for product, stock in zip(self.goods, self.stocks, strict=True):
            left = session.get_one(Product, product).stock
            assert left == (None if stock is None else stock - gone[product])
            assert left is None or left >= 0

    def _check_money(self, session):
        """Cash in hand = held = paid - refunded, and the three shares make exactly that."""
        lines = session.execute(
            select(OrderLine.paid - OrderLine.refunded, OrderLine.price * OrderLine.delivered,
                   OrderLine.paid, Order.paid_at)
            .join(Order, Order.id == OrderLine.order_id)
        ).all()  # fmt: skip
        assert all(paid == (cost if at else 0) for _, cost, paid, at in lines)
        kept = sum(line[0] for line in lines)
        hub = self.stall.cast.space("hub").id
        assert ledger.balance(session, "held") == ledger.balance(session, f"cash:{hub}") == kept
        assert sum((split(line[0], 700, 800) for line in lines), NOTHING).paid == kept
        assert session.scalar(select(func.coalesce(func.sum(LedgerEntry.amount), 0))) == 0

    def written(self):
        """Everything that stands, to see that a repeated request changes none of it."""
        with self.node.db.read() as session:
            tables = (Order, OrderLine, OrderEvent, Product, LedgerEntry)
            return [session.execute(select(table.__table__)).all() for table in tables]


@settings(max_examples=50)
@given(
    stocks=st.lists(st.none() | st.integers(0, 30), min_size=GOODS, max_size=GOODS),
    prices=st.lists(st.integers(1, 20_000), min_size=GOODS, max_size=GOODS),
    beginning=beginnings,
    story=st.lists(steps, min_size=8, max_size=30),
)
def test_whatever_people_do(stall, stocks, prices, beginning, story):
    play = Play(stall, stocks, prices)
    for step in beginning + story:
        play.do(step)
    play.check()
    before = play.written()
    for number in range(len(play.orders)):
        play.do(("order again", number))
    assert play.written() == before


@settings(max_examples=30)
@given(st.lists(st.integers(-10, 9_000), max_size=12), st.data())
def test_refunds_never_exceed_what_was_paid(stall, amounts, data):
    play = Play(stall, [None] * GOODS, [990] * GOODS)
    play.do(("order", "alice", {0: 3}))
    play.do(("hand over", 0, True))
    for number, amount in enumerate(amounts):
        with_key = data.draw(st.integers(0, number))
        play.do(("refund", 0, amount, with_key))
    play.check()


def test_nine_hundred_and_ninety_won_times_three():
    parts = split(990 * 3, 700, 800)
    assert (parts.activist, parts.centre, parts.producer) == (208, 238, 2_524)


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 4_000), st.integers(0, 4_000))),
)
def test_shares_make_the_whole(lines):
    splits = [split(*line) for line in lines]
    assert sum(splits, NOTHING).paid == sum(line[0] for line in lines)
    assert all(min(each.producer, each.activist, each.centre) >= 0 for each in splits)
