"""Orders on the day of collection: found by name, code or phone, and one of them in full."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person
from ....market import (
    Due,
    Held,
    Order,
    OrderEvent,
    OrderLine,
    containers_held,
    due_of,
    order_lines,
)
from ..models import Tick
from ..rules import occasion
from .rows import AnyRow
from .sheets import STANDING, at_hubs

_DIGITS = func.replace(func.replace(Person.phone, "-", ""), " ", "")


def found_orders(
    session: Session,
    cycle_id: int,
    *,
    search: str = "",
    done: bool = False,
    hubs: Collection[int] | None = None,
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> Sequence[AnyRow]:
    """Return orders of a round by name, from the place ``after`` on.

    ``search``: part of a name, a collection code, an order number, or the last four or more
    digits of a phone number; it looks among all orders. Without it, those that wait, or with
    ``done`` those that were handed over or not collected. ``hubs``: only those collected there.
    """
    query = (
        select(
            Order.id,
            Order.code,
            Order.number,
            Order.person_name,
            Order.state,
            Order.bags,
            func.count(OrderLine.id).label("lines"),
            func.coalesce(func.sum(OrderLine.amount), 0).label("won"),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Person, Person.id == Order.person_id)
        .where(Order.occasion == occasion(cycle_id), at_hubs(hubs))
        .group_by(Order.id)
        .order_by(Order.person_name, Order.id)
        .limit(limit)
    )
    if search.strip():
        query = query.where(Order.state.in_(STANDING), _matches(search.strip()))
    else:
        query = query.where(Order.state.in_(STANDING[1:] if done else STANDING[:1]))
    if after is not None:
        query = query.where(tuple_(Order.person_name, Order.id) > after)
    return session.execute(query).all()


def counted_orders(
    session: Session, cycle_id: int, hubs: Collection[int] | None = None
) -> dict[str, int]:
    """Return how many orders of a round are in each state."""
    rows = session.execute(
        select(Order.state, func.count().label("number"))
        .where(Order.occasion == occasion(cycle_id), at_hubs(hubs))
        .group_by(Order.state)
    )
    return {row.state: row.number for row in rows}


def _matches(text: str) -> ColumnElement[bool]:
    code = text.upper().replace(" ", "")
    ways = [
        Order.code == code,
        Order.number == code,
        Order.person_name.icontains(text, autoescape=True),
    ]
    digits = re.sub(r"[\s-]", "", text)
    if len(digits) >= 4 and digits.isascii() and digits.isdecimal():
        # The number as it is now, and the one that was known when it was ordered.
        ways.append(and_(_DIGITS != "", _DIGITS.endswith(digits)))
        ways.append(Order.phone_tail == digits)
    return or_(*ways)


@dataclass(frozen=True, slots=True)
class OrderCard:
    """An order as the hub sees it: ``order`` with the resident's phone, its lines, its history.

    ``ticks`` are the marks of what lies ready; ``due`` is what is to be paid for it, with its
    parts, None once it was paid; ``boxes`` are the
    containers that the resident has at home.
    """

    order: AnyRow
    lines: Sequence[AnyRow]
    events: Sequence[AnyRow]
    due: Due | None
    boxes: Sequence[Held]
    ticks: frozenset[str]

    @property
    def kept(self) -> int:
        """What was paid and not given back."""
        return sum(line.paid - line.refunded for line in self.lines)


def order_card(session: Session, cycle_id: int, order_id: int) -> OrderCard:
    """Return an order of a round, also one that was withdrawn; NotFound if it is none of its."""
    name = occasion(cycle_id)
    order = session.execute(
        select(
            Order.id,
            Order.uid,
            Order.number,
            Order.code,
            Order.person_id,
            Order.person_name,
            Order.host_id,
            Order.state,
            Order.version,
            Order.placed_at,
            Order.collected_at,
            Order.paid_at,
            Order.collect_from,
            Order.bags,
            Person.phone,
        )
        .join(Person, Person.id == Order.person_id)
        .where(Order.id == order_id, Order.occasion == name)
    ).one_or_none()
    if order is None:
        raise NotFound("There is no such order in this round.")
    lines = order_lines(session, name, order_ids=[order_id], states=(*STANDING, "withdrawn"))
    events = session.execute(
        select(OrderEvent.at, OrderEvent.kind, OrderEvent.details, Person.name)
        .outerjoin(Person, Person.id == OrderEvent.actor_id)
        .where(OrderEvent.order_id == order_id)
        .order_by(OrderEvent.id)
    ).all()
    ticks = session.scalars(select(Tick.mark).where(Tick.order_id == order_id))
    return OrderCard(
        order, lines, events, due_of(session, order_id), containers_held(session, order.person_id),
        frozenset(ticks),
    )  # fmt: skip


def served_order(session: Session, cycle_id: int, order_id: int) -> AnyRow:
    """Return where and when an order of a round is collected; NotFound if it is none of its."""
    order = session.execute(
        select(Order.host_id, Order.collect_from, Order.state).where(
            Order.id == order_id, Order.occasion == occasion(cycle_id)
        )
    ).one_or_none()
    if order is None:
        raise NotFound("There is no such order in this round.")
    return order


def is_line_of(session: Session, order_id: int, line_id: int) -> bool:
    """Say whether a line belongs to an order."""
    found = select(OrderLine.id).where(OrderLine.id == line_id, OrderLine.order_id == order_id)
    return session.execute(found).first() is not None
