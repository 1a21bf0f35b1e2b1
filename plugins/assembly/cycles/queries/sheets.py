"""The papers of a round: its numbers, an order sheet per producer, packing and collection lists."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person, Space
from ....market import Order, OrderLine, order_lines
from ..models import Cycle, Offer, Part
from ..rules import Outcome, State, occasion
from .parts import still_coming
from .rows import AnyRow

STANDING = ("placed", "collected", "not_collected")
"""The states of orders that the hub has to do with: all but those withdrawn."""

_SHEETS_OUT = tuple(state.value for state in State if state.reached(State.SENT))
_EARLY = and_(
    Cycle.state != State.DRAFT, Part.cut_off.is_not(None), Part.outcome == Outcome.CONFIRMED
)
"""As ``rules.sheet_is_out``: confirmed at a cut-off of the producer's own."""
_IN_CYCLE = OrderLine.occasion == literal("cycle:") + cast(Cycle.id, String)


# Before anything came short; of goods by weight an estimate, rounded as each line is.
_ORDERED = case(
    (
        OrderLine.sold_by == "weight",
        (OrderLine.price * OrderLine.quantity * OrderLine.expected_g + 500) // 1000,
    ),
    else_=OrderLine.price * OrderLine.quantity,
)


def _won(column: Any) -> Any:
    return func.coalesce(func.sum(column), 0)


def at_hubs(hubs: Collection[int] | None) -> ColumnElement[bool]:
    """Return the condition that an order is collected at one of these hubs; None is all."""
    return true() if hubs is None else Order.host_id.in_(hubs)


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a round stands: orders by state, and won; ``ordered`` before anything came short.

    ``due`` is what is still to be paid at collection, ``kept`` what was paid and not given back.
    """

    orders: int
    waiting: int
    collected: int
    not_collected: int
    lines: int
    ordered: int
    due: int
    kept: int
    producers: Sequence[AnyRow]


def numbers_of(session: Session, cycle_id: int, hubs: Collection[int] | None = None) -> Numbers:
    """Return the numbers of a round, with id, slug, name, lines, units and won of each producer.

    ``hubs``: only of what is collected there.
    """
    line, name = OrderLine, occasion(cycle_id)
    states = session.execute(
        select(
            Order.state,
            func.count(Order.id.distinct()).label("orders"),
            func.count(line.id).label("lines"),
            _won(_ORDERED).label("ordered"),
            _won(line.amount).label("delivered"),
            _won(line.paid - line.refunded).label("kept"),
        )
        .join(line, line.order_id == Order.id)
        .where(
            Order.occasion == name, Order.state.in_(STANDING), still_coming(cycle_id), at_hubs(hubs)
        )
        .group_by(Order.state)
    )
    by_state = {row.state: row for row in states}
    count = {state: by_state[state].orders if state in by_state else 0 for state in STANDING}
    return Numbers(
        orders=sum(count.values()),
        waiting=count["placed"],
        collected=count["collected"],
        not_collected=count["not_collected"],
        lines=sum(row.lines for row in by_state.values()),
        ordered=sum(int(row.ordered) for row in by_state.values()),
        due=int(by_state["placed"].delivered) if "placed" in by_state else 0,
        kept=sum(int(row.kept) for row in by_state.values()),
        producers=_by_producer(session, cycle_id, hubs),
    )


def _by_producer(session: Session, cycle_id: int, hubs: Collection[int] | None) -> Sequence[AnyRow]:
    line, name = OrderLine, occasion(cycle_id)
    return session.execute(
        select(
            line.seller_id.label("id"),
            func.max(line.seller_name).label("name"),
            func.count(line.id).label("lines"),
            func.sum(line.quantity).label("units"),
            _won(_ORDERED).label("won"),
        )
        .join(Order, Order.id == line.order_id)
        .where(
            line.occasion == name, Order.state.in_(STANDING), still_coming(cycle_id), at_hubs(hubs)
        )
        .group_by(line.seller_id)
        .order_by(func.max(line.seller_name), line.seller_id)
    ).all()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a producer is asked to bring; ``rows`` hold name, unit, price, units, came and won."""

    seller_id: int
    seller_name: str
    seller_slug: str
    rows: Sequence[AnyRow]

    @property
    def won(self) -> int:
        return sum(int(row.won) for row in self.rows)

    @property
    def units(self) -> int:
        return sum(int(row.units) for row in self.rows)

    @property
    def short(self) -> bool:
        """Whether less came of anything than was ordered."""
        return any(row.came != row.units for row in self.rows)


def order_sheet(session: Session, cycle_id: int, seller_id: int) -> Sheet:
    """Return a producer's order sheet in a round; NotFound if the producer has no part in it."""
    sheets = _sheets(session, cycle_id, seller_id)
    if sheets:
        return sheets[0]
    seller = session.execute(
        select(Space.id, Space.name, Space.slug).where(Space.id == seller_id)
    ).one_or_none()
    if seller is None or not _takes_part(session, cycle_id, seller_id):
        raise NotFound("This producer has no part in the round.")
    return Sheet(seller.id, seller.name, seller.slug, ())


def all_sheets(session: Session, cycle_id: int) -> list[Sheet]:
    """Return the order sheets of all producers with orders, by name."""
    return _sheets(session, cycle_id)


def _sheets(session: Session, cycle_id: int, seller_id: int | None = None) -> list[Sheet]:
    line = OrderLine
    query = (
        select(
            line.seller_id,
            Space.name.label("seller_name"),
            Space.slug.label("seller_slug"),
            line.product_name,
            line.unit_label,
            line.origin,
            line.price,
            func.sum(line.quantity).label("units"),
            func.sum(line.delivered).label("came"),
            func.count(line.id).label("orders"),
            _won(_ORDERED).label("won"),
        )
        .join(Order, Order.id == line.order_id)
        .join(Space, Space.id == line.seller_id)
        .where(line.occasion == occasion(cycle_id), Order.state.in_(STANDING))
        .where(still_coming(cycle_id))
        .group_by(
            line.seller_id, Space.name, Space.slug, line.product_id, line.product_name,
            line.unit_label, line.origin, line.price,
        )
        .order_by(Space.name, line.seller_id, line.product_name, line.unit_label, line.price)
    )  # fmt: skip
    if seller_id is not None:
        query = query.where(line.seller_id == seller_id)
    grouped = groupby(session.execute(query), key=lambda row: row.seller_id)
    return [_sheet(list(rows)) for _, rows in grouped]


def _sheet(rows: list[AnyRow]) -> Sheet:
    first = rows[0]
    return Sheet(first.seller_id, first.seller_name, first.seller_slug, rows)


def _takes_part(session: Session, cycle_id: int, seller_id: int) -> bool:
    offer = select(Offer.product_id).where(Offer.cycle_id == cycle_id, Offer.seller_id == seller_id)
    return session.execute(offer.limit(1)).first() is not None


def sheets_for(
    session: Session, seller_ids: Collection[int], *, limit: int = 10
) -> Sequence[AnyRow]:
    """Return the order sheets sent to these producers: the round and the producer, newest first."""
    ordered = exists().where(
        _IN_CYCLE,
        OrderLine.seller_id == Space.id,
        OrderLine.order_id == Order.id,
        Order.state.in_(STANDING),
        still_coming(),
    )
    return session.execute(
        select(
            Cycle.id,
            Cycle.title,
            Cycle.state,
            Cycle.collect_from,
            Space.id.label("seller_id"),
            Space.name.label("seller_name"),
        )
        .join(Space, Space.id.in_(seller_ids))
        .outerjoin(Part, and_(Part.cycle_id == Cycle.id, Part.seller_id == Space.id))
        .where(or_(Cycle.state.in_(_SHEETS_OUT), _EARLY), ordered)
        .order_by(Cycle.id.desc(), Space.name)
        .limit(limit)
    ).all()


def packing_lines(
    session: Session, cycle_id: int, hubs: Collection[int] | None = None
) -> list[AnyRow]:
    """Return the lines to pack, by the resident's name and then by order; all or of ``hubs``."""
    name = occasion(cycle_id)
    coming = select(OrderLine.id).join(Order, Order.id == OrderLine.order_id)
    coming = coming.where(OrderLine.occasion == name, still_coming(cycle_id), at_hubs(hubs))
    ids = set(session.scalars(coming))
    lines = (line for line in order_lines(session, name, states=STANDING) if line.line_id in ids)
    return sorted(lines, key=lambda line: (line.person_name, line.order_id, line.line_id))


def collection_list(
    session: Session, cycle_id: int, hubs: Collection[int] | None = None
) -> Sequence[AnyRow]:
    """Return the orders of a round by name: code, name, phone, state, lines, units and won.

    ``hubs``: only those that are collected there.
    """
    return session.execute(
        select(
            Order.id,
            Order.code,
            Order.number,
            Order.person_name,
            Order.state,
            Person.phone,
            func.count(OrderLine.id).label("lines"),
            func.sum(OrderLine.delivered).label("units"),
            _won(OrderLine.amount).label("won"),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Person, Person.id == Order.person_id)
        .where(
            Order.occasion == occasion(cycle_id),
            Order.state.in_(STANDING),
            still_coming(cycle_id),
            at_hubs(hubs),
        )
        .group_by(Order.id, Person.phone)
        .order_by(Order.person_name, Order.id)
    ).all()
