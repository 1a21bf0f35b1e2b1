"""What each kind of entry does, and when somebody else was faster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import NotFound, Refused
from .....core.models import Person
from .....core.node import Node
from ....market import Order, OrderEvent, OrderLine, bring_back, due_of
from ...cycles import actions as cycles
from ...cycles.models import Cycle, Tick
from ...cycles.rules import EARLY, HANDING_OVER, State, is_early
from ...receiving import actions as receiving
from ...receiving.rules import in_kg
from ..rules import Kind, Operation


@dataclass(frozen=True, slots=True)
class Held:
    """An order that is held, the one who serves it, and what they typed."""

    node: Node
    session: Session
    cycle: Cycle
    order: Order
    operation: Operation
    hubs: frozenset[int] | None
    actor_id: int

    @property
    def asked(self) -> Mapping[str, Any]:
        return self.operation.asked

    def line(self) -> OrderLine:
        """Return the line that the entry is about; NotFound if it is none of the order's."""
        line = self.session.get(OrderLine, self.asked["line"], populate_existing=True)
        if line is None or line.order_id != self.order.id:
            raise NotFound("There is no such order in this round.")
        return line


def do(
    node: Node,
    session: Session,
    cycle_id: int,
    operation: Operation,
    *,
    hubs: frozenset[int] | None,
    actor_id: int,
) -> None:
    """Do what an entry asks for with an order that is held; Refused with the reason if something
    else stands by now than the phone has shown."""
    held = Held(
        node, session,
        session.get_one(Cycle, cycle_id),
        session.get_one(Order, operation.order_id, populate_existing=True),
        operation, hubs, actor_id,
    )  # fmt: skip
    _WAYS[operation.kind](held)


def _tick(held: Held) -> None:
    """Keep or take back one tick; where nothing is ticked any more there is nothing to keep."""
    if State(held.cycle.state) not in HANDING_OVER or held.order.state != "placed":
        return
    found = held.session.scalars(select(Tick.mark).where(Tick.order_id == held.order.id))
    mark = {held.asked["mark"]}
    marks = set(found) | mark if held.asked["on"] else set(found) - mark
    cycles.keep_ticks(held.node, held.session, held.cycle.id, held.order.id, marks)


def _bags(held: Held) -> None:
    now = held.order.bags or 0
    if now not in (held.asked["was"], held.asked["bags"]):
        raise Refused("Somebody else has packed this order into %(number)s bags.", number=now)
    receiving.pack(
        held.node, held.session, held.cycle.id, held.order.id, held.asked["bags"],
        hubs=held.hubs, actor_id=held.actor_id,
    )  # fmt: skip


def _weigh(held: Held) -> None:
    line, grams = held.line(), held.asked["grams"]
    _check_delivered(line, held.asked["delivered"])
    if line.weighed_g not in (held.asked["was"], grams):
        raise Refused(
            "Somebody else has weighed %(name)s: %(kg)s kg.",
            name=line.product_name,
            kg=in_kg(line.weighed_g or 0),
        )
    receiving.weigh(
        held.node, held.session, held.cycle.id, line.product_id, {line.id: grams},
        sure=[line.id] if held.asked["sure"] else (), hubs=held.hubs, actor_id=held.actor_id,
    )  # fmt: skip


def _less(held: Held) -> None:
    line, delivered = held.line(), held.asked["delivered"]
    if line.delivered != delivered:
        _check_delivered(line, held.asked["was"])
    cycles.deliver_less(
        held.node, held.session, held.cycle.id, line.id, delivered,
        reason=held.asked["reason"], actor_id=held.actor_id,
    )  # fmt: skip


def _check_delivered(line: OrderLine, shown: int) -> None:
    if line.delivered != shown:
        raise Refused(
            "By now there are %(number)s of %(name)s.",
            number=line.delivered,
            name=line.product_name,
        )


def _back(held: Held) -> None:
    bring_back(
        held.node, held.session, held.order.person_id, held.asked["container"],
        held.asked["number"], host_id=held.order.host_id, way=held.asked["way"],
        key=held.operation.uid, actor_id=held.actor_id,
    )  # fmt: skip


def _hand(held: Held) -> None:
    """Hand over and take the money. A page may be sent twice; of two phones the second has taken
    money that nobody owes any more, which is for people to put right."""
    node, session, order = held.node, held.session, held.order
    if order.state == "collected":
        raise _handed_already(held)
    zone = ZoneInfo(node.settings.node.time_zone)
    if is_early(order.collect_from, node.clock.now(), zone) and not held.asked["early"]:
        raise Refused(EARLY.text)
    due, shown = due_of(session, order.id), held.asked["shown"]
    if order.state == "placed" and due is not None and due.cash != shown:
        raise Refused(
            "By now %(asked)s won are to be paid, not %(shown)s won.",
            asked=f"{due.cash:,}",
            shown=f"{shown:,}",
        )
    cycles.hand_over(
        node, session, held.cycle.id, order.id, actor_id=held.actor_id,
        shown=shown, cash=held.asked["cash"],
    )  # fmt: skip


def _handed_already(held: Held) -> Refused:
    name = held.session.scalar(
        select(Person.name)
        .join(OrderEvent, OrderEvent.actor_id == Person.id)
        .where(OrderEvent.order_id == held.order.id, OrderEvent.kind == "collected")
        .order_by(OrderEvent.id.desc())
        .limit(1)
    )
    return Refused("%(name)s has handed this order over already.", name=name or "?")


def _absent(held: Held) -> None:
    cycles.mark_not_collected(
        held.node, held.session, held.cycle.id, held.order.id,
        reason=held.asked["reason"], actor_id=held.actor_id,
    )  # fmt: skip


def _waits(held: Held) -> None:
    receiving.let_wait(
        held.node, held.session, held.cycle.id, held.order.id,
        hubs=held.hubs, actor_id=held.actor_id,
    )  # fmt: skip


_WAYS: Mapping[Kind, Callable[[Held], None]] = {
    Kind.TICK: _tick,
    Kind.BAGS: _bags,
    Kind.WEIGH: _weigh,
    Kind.LESS: _less,
    Kind.BACK: _back,
    Kind.HAND: _hand,
    Kind.ABSENT: _absent,
    Kind.WAITS: _waits,
}
