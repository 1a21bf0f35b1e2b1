"""What people do at either node: each time one small thing, as it fits to how things stand."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wizzle.core.addresses import host_of
from wizzle.core.node import Node
from wizzle.core.talk import Peer
from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.assembly.cycles.models import Cycle
from wizzle.plugins.assembly.settlement.actions import settle
from wizzle.plugins.market import (
    Item,
    deliver_less,
    order_lines,
    orders_of,
    place_order,
    weigh,
)
from wizzle.plugins.trade.copies.actions import follow, pick
from wizzle.plugins.trade.copies.models import Copy, Source
from wizzle.plugins.trade.copies.rules import Producer
from wizzle.plugins.trade.orders import actions
from wizzle.plugins.trade.orders.models import TradeLine, TradeOrder

from ..cast import Cast
from .farm import GOODS, Farm
from .money import pay, state_the_month, take_back

ROUNDS = 3
"""Rounds that go on at the same time."""

RESIDENTS = ("alice", "gina", "charlie")
UNANSWERED = ("offered", "amending")
NOTHING_COMES = ("cancelled", "rejected")


def act(node: Node, name: str, farm: str, seed: int, *, ending: bool) -> str:
    """Do one thing at this node and say what it was; ``ending``: nothing new is begun."""
    chance = random.Random(seed)
    if name == "gangbuk":
        return Hub(node, farm, chance, ending).act()
    return Farm(node, chance, ending).act()


class Hub:
    """Dana of the hub, and those who order from her."""

    def __init__(self, node: Node, farm: str, chance: random.Random, ending: bool) -> None:
        self._node, self._farm, self._chance, self._ending = node, farm, chance, ending
        self._cast = Cast(node)
        self._dana = self._cast.person("dana").id
        self._steps: dict[str, Callable[[Cycle], str]] = {
            "open": self._open, "closed": self._waiting, "sent": self._waiting,
            "received": self._count, "packed": self._go_on, "distributing": self._hand_out,
        }  # fmt: skip

    def act(self) -> str:
        with self._node.db.read() as session:
            source = session.scalars(select(Source)).one_or_none()
            copies = list(session.scalars(select(Copy.id).where(Copy.gone_at.is_(None))))
            going = list(session.scalars(select(Cycle).where(Cycle.state != "settled")))
            session.expunge_all()
        if source is None:
            return self._follow()
        if len(copies) < len(GOODS):
            return "waits for the catalogue"
        if not self._ending and (
            not going or (len(going) < ROUNDS and self._chance.random() < 0.5)
        ):
            return self._begin(source.id, copies)
        if not going:
            return state_the_month(self._node, host_of(self._farm))
        if told := self._money():
            return told
        round_ = self._chance.choice(going)
        return f"{round_.occasion} {round_.state}: {self._steps[round_.state](round_)}"

    def _money(self) -> str:
        """Do something with money now and then, "" otherwise."""
        host = host_of(self._farm)
        if self._maybe(0.05):
            return pay(self._node, host, self._chance)
        if self._maybe(0.04):
            return take_back(self._node, self._chance, self._dana)
        return state_the_month(self._node, host) if self._maybe(0.03) else ""

    def _maybe(self, part: float) -> bool:
        """Say yes in this part of the cases, and never once things are to come to an end."""
        return not self._ending and self._chance.random() < part

    def _follow(self) -> str:
        host = host_of(self._farm)
        producer = Producer(actor=self._farm, name="완주 산지", goods=len(GOODS), details={})
        peer = Peer(host, "완주위즐", "", f"{self._farm.partition(chr(47) * 2)[0]}//{host}/actor")
        with self._node.db.write() as session:
            follow(self._node, session, producer, peer, self._dana)
        return "follows"

    def _begin(self, source_id: int, copies: list[int]) -> str:
        now = self._node.clock.now()
        plan = cycles.Plan(
            title="폭풍 회차", opens_at=now, cut_off=now + timedelta(days=1),
            collect_from=now + timedelta(days=9), collect_until=now + timedelta(days=9, hours=4),
        )  # fmt: skip
        with self._node.db.write() as session:
            made = cycles.draft_cycle(
                self._node, session, self._cast.space("hub").id, plan, actor_id=self._dana
            )
            pick(self._node, session, source_id, copies, cycle_id=made.id, person_id=self._dana)
            cycles.advance(self._node, session, made.id, "open", actor_id=self._dana)
        return "a round begins"

    def _open(self, round_: Cycle) -> str:
        with self._node.db.read() as session:
            placed = list(orders_of(session, round_.occasion, states=("placed",)))
        if self._chance.random() < 0.3 * len(placed) or self._ending:
            return self._go_on(round_)
        with self._node.db.read() as session:
            wanted = select(Copy.product_id).where(Copy.product_id.is_not(None))
            products = [each for each in session.scalars(wanted) if each is not None]
        items = [
            Item(product, self._chance.randint(1, 6))
            for product in self._chance.sample(products, self._chance.randint(1, len(products)))
        ]
        person = self._chance.choice(RESIDENTS)
        with self._node.db.write() as session:
            place_order(
                self._node, session, self._cast.viewer(person), occasion=round_.occasion,
                items=items, key=f"{person}-{round_.id}",
            )  # fmt: skip
        return f"{person} orders"

    def _go_on(self, round_: Cycle) -> str:
        after = {"open": "closed", "closed": "sent", "sent": "received", "received": "packed",
                 "packed": "distributing"}[round_.state]  # fmt: skip
        with self._node.db.write() as session:
            cycles.advance(self._node, session, round_.id, after, actor_id=self._dana)
        return after

    def _waiting(self, round_: Cycle) -> str:
        """Between the end of ordering and the goods: what the farm says is followed."""
        order = self._trade_order(round_)
        if order is None or order.state in NOTHING_COMES:
            return self._go_on(round_)
        if order.state == "countered" and not order.undone_at:
            return self._decide(order)
        if order.state == "expired" and not order.undone_at:
            return self._do(actions.ask_again, order, "asks again")
        if order.state in (*UNANSWERED, "accepted") and self._maybe(0.08):
            return self._do(actions.cancel, order, "does not want it any more")
        if self._maybe(0.12):
            return self._less(round_, order)
        undoing = order.undone_at and order.state in ("accepted", "expired")
        if undoing or order.state in (*UNANSWERED, "countered"):
            return f"waits: {order.state}"
        if round_.state == "sent" and order.state == "accepted":
            return "waits for the goods"
        return self._go_on(round_)

    def _decide(self, order: TradeOrder) -> str:
        return self._do(actions.drop_dearer, order, "leaves out what is dearer")

    def _do(self, action: Callable[..., object], order: TradeOrder, said: str) -> str:
        with self._node.db.write() as session:
            action(self._node, session, order.id, actor_id=self._dana)
        return said

    def _less(self, round_: Cycle, order: TradeOrder) -> str:
        """Cancel what one resident ordered, and tell the farm at once or leave it to the node."""
        with self._node.db.write() as session:
            placed = list(orders_of(session, round_.occasion, states=("placed",)))
            if not placed:
                return "nobody wants anything"
            cycles.cancel(
                self._node, session, round_.id, self._chance.choice(placed).id, reason="못 옴",
                actor_id=self._dana,
            )  # fmt: skip
        if self._chance.random() < 0.7:
            self._do(actions.amend_now, order, "")
        return "one order less"

    def _count(self, round_: Cycle) -> str:
        """Hand out no more than the farm has agreed to, and now and then less."""
        order = self._trade_order(round_)
        with self._node.db.write() as session:
            agreed: dict[int, int] = {}
            if order is not None:
                for row in session.scalars(select(TradeLine).where(TradeLine.order_id == order.id)):
                    product = row.product_id or 0
                    agreed[product] = agreed.get(product, 0) + row.agreed
            for line in list(order_lines(session, round_.occasion, states=("placed",))):
                units = min(line.delivered, agreed.get(line.product_id, 0))
                agreed[line.product_id] = agreed.get(line.product_id, 0) - units
                units -= units > 0 and self._maybe(0.1)
                if units < line.delivered:
                    deliver_less(
                        self._node, session, line.line_id, units, reason="적게 옴",
                        actor_id=self._dana,
                    )  # fmt: skip
            self._weigh(session, round_, order)
            cycles.advance(self._node, session, round_.id, "packed", actor_id=self._dana)
        return "counted"

    def _weigh(self, session: Session, round_: Cycle, order: TradeOrder | None) -> None:
        """Weigh what is sold by weight: each as heavy as the farm has said, or as is expected."""
        each: dict[int, float] = {}
        if order is not None:
            for row in session.scalars(select(TradeLine).where(TradeLine.order_id == order.id)):
                if row.shipped and row.shipped_g:
                    each[row.product_id or 0] = row.shipped_g / row.shipped
        weights = {
            line.line_id: round(line.delivered * each.get(line.product_id, GOODS["수박"].grams))
            for line in order_lines(session, round_.occasion, states=("placed",))
            if line.sold_by == "weight" and line.delivered
        }
        if weights:
            weigh(self._node, session, round_.occasion, weights, actor_id=self._dana)

    def _hand_out(self, round_: Cycle) -> str:
        with self._node.db.read() as session:
            placed = list(orders_of(session, round_.occasion, states=("placed",)))
        if not placed:
            with self._node.db.write() as session:
                settle(self._node, session, round_.id, actor_id=self._dana)
            return "settled"
        order = self._chance.choice(placed)
        with self._node.db.write() as session:
            if self._maybe(0.15):
                cycles.mark_not_collected(
                    self._node, session, round_.id, order.id, reason="안 오심",
                    actor_id=self._dana,
                )  # fmt: skip
                return "not collected"
            cycles.hand_over(self._node, session, round_.id, order.id, actor_id=self._dana)
        return "handed over"

    def _trade_order(self, round_: Cycle) -> TradeOrder | None:
        with self._node.db.read() as session:
            found = session.scalars(
                select(TradeOrder).where(TradeOrder.occasion == round_.occasion)
            ).one_or_none()
            session.expunge_all()
            return found
