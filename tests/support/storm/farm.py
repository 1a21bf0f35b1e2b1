"""Erin of the farm: what she sells, and what she does with the orders that come."""

from __future__ import annotations

import random
from typing import NamedTuple

from sqlalchemy import select

from wizzle.core.node import Node
from wizzle.plugins.market import Product
from wizzle.plugins.trade.orders import actions
from wizzle.plugins.trade.orders.models import TradeLine, TradeOrder

from ..cast import Cast
from .money import look_at_the_bank


class Good(NamedTuple):
    """What the farm sells: the price, how many there are in all (None: on demand), and what one
    weighs in grams if it is sold by weight."""

    price: int
    stock: int | None
    grams: int | None = None


GOODS = {
    "대파": Good(990, 60), "감자": Good(3000, 1000), "쌀": Good(12000, None),
    "수박": Good(3000, 200, 5000),
}  # fmt: skip


class Farm:
    """Erin, who sells."""

    def __init__(self, node: Node, chance: random.Random, ending: bool) -> None:
        self._node, self._chance, self._ending = node, chance, ending
        self._erin = Cast(node).person("erin").id
        by_hand = node.host.settings("trade")["confirm"] == "hand"
        self._to_answer = ("offered",) if by_hand else ()

    def act(self) -> str:
        if not self._ending and self._chance.random() < 0.15:
            return self._price()
        if self._ending or self._chance.random() < 0.3:
            told = look_at_the_bank(self._node, self._chance, ending=self._ending)
            if told:
                return told
        with self._node.db.read() as session:
            orders = list(
                session.scalars(
                    select(TradeOrder).where(
                        TradeOrder.state.in_(("accepted", "ready", "disputed", *self._to_answer))
                    )
                )
            )
            session.expunge_all()
        if not orders:
            return "nothing"
        order = self._chance.choice(orders)
        if order.state == "disputed":
            return self._agree(order)
        if order.state == "offered":
            return self._answer(order)
        lot = self._chance.random()
        if lot < 0.1 and not self._ending:
            return self._decline(order)
        if lot < 0.25 and order.state == "accepted" and not self._ending:
            return self._ready(order)
        return self._ship(order) if lot < 0.5 or self._ending else "has time"

    def _price(self) -> str:
        name = self._chance.choice(list(GOODS))
        with self._node.db.write() as session:
            product = session.scalars(select(Product).where(Product.name == name)).one()
            product.price = GOODS[name].price + self._chance.choice((-200, 0, 0, 200))
            product.version, product.updated_at = product.version + 1, self._node.clock.now()
        return f"{name} costs {product.price}"

    def _answer(self, order: TradeOrder) -> str:
        """Accept or reject an offer, where a person does that."""
        if self._chance.random() < 0.2 and not self._ending:
            return self._decline(order)
        with self._node.db.write() as session:
            actions.confirm(self._node, session, order.id, actor_id=self._erin)
        return "confirms"

    def _agree(self, order: TradeOrder) -> str:
        with self._node.db.write() as session:
            actions.accept_shortage(self._node, session, order.id, actor_id=self._erin)
        return "agrees that it was less"

    def _decline(self, order: TradeOrder) -> str:
        with self._node.db.write() as session:
            actions.decline(self._node, session, order.id, reason="weather", actor_id=self._erin)
        return "cannot deliver"

    def _ready(self, order: TradeOrder) -> str:
        with self._node.db.write() as session:
            actions.make_ready(self._node, session, order.id, actor_id=self._erin)
        return "ready"

    def _ship(self, order: TradeOrder) -> str:
        with self._node.db.write() as session:
            rows = session.scalars(select(TradeLine).where(TradeLine.order_id == order.id))
            sent = {row.no: self._sent(row) for row in rows if row.agreed}
            actions.ship(self._node, session, order.id, sent, actor_id=self._erin)
        return "shipped"

    def _sent(self, row: TradeLine) -> actions.Sent:
        if row.sold_by != "weight":
            return actions.Sent(row.agreed, None, "L-1")
        return actions.Sent(row.agreed, row.agreed * self._chance.randint(4_900, 5_100), "L-1")
