"""Rounds as occasions of sale: the answers to the questions of whoever takes the orders."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from .....core.answers import PickUp, SaleTerms
from .....core.node import Node
from .....core.statements import Listed, Statement
from ..models import Cycle, Offer, Part, Point
from ..rules import State, cycle_of, occasion, why_closed
from .rows import AnyRow

_COLUMNS = (
    Cycle.id,
    Cycle.hub_id,
    Cycle.title,
    Cycle.state,
    Cycle.opens_at,
    Cycle.cut_off,
    Cycle.collect_from,
    Cycle.collect_until,
    Cycle.place,
    Cycle.address,
    Cycle.activist_bp,
    Cycle.centre_bp,
    exists().where(Point.cycle_id == Cycle.id).label("further"),
)
_OWN = and_(Part.cycle_id == Offer.cycle_id, Part.seller_id == Offer.seller_id)
# Made once: asked for every order.
_THIS = Cycle.id == bindparam("cycle_id")
_HELD = Statement(select(*_COLUMNS).where(_THIS).with_for_update(read=True))
_OFFERED = Listed(
    lambda ids: (
        select(Offer.product_id, Part.cut_off.label("own_cut_off"))
        .outerjoin(Part, _OWN)
        .where(Offer.cycle_id == bindparam("cycle_id"), Offer.product_id.in_(ids))
    )
)
_OPEN = Listed(
    lambda ids: (
        select(*_COLUMNS, Offer.product_id, Part.cut_off.label("own_cut_off"))
        .join(Offer, Offer.cycle_id == Cycle.id)
        .outerjoin(Part, _OWN)
        .where(
            Cycle.state == State.OPEN,
            Cycle.opens_at <= bindparam("now"),
            Cycle.cut_off > bindparam("now"),
            or_(Part.cut_off.is_(None), Part.cut_off > bindparam("now")),
            Offer.product_id.in_(ids),
        )
        .order_by(Cycle.cut_off, Cycle.id)
    )
)
_POINTS = Statement(
    select(Point.hub_id, Point.place, Point.address, Point.collect_from, Point.collect_until)
    .where(Point.cycle_id == bindparam("cycle_id"))
    .order_by(Point.place, Point.hub_id)
)


def sale_terms(
    node: Node, session: Session, name: str, product_ids: frozenset[int]
) -> SaleTerms | None:
    """Return the terms of the round that the occasion names, None if it names something else.

    The round is locked as shared: orders do not wait for each other, but whoever closes it waits
    for them, and they for them. SQLite's writers take turns anyway. What is offered is asked for
    after the lock and not with it: PostgreSQL reads again only the row for which it has waited.
    """
    cycle_id = cycle_of(name)
    if cycle_id is None:
        return None
    asked = {"cycle_id": cycle_id}
    row = _HELD.one_or_none(session, asked)
    if row is None or row.state == State.DRAFT:
        return None
    return _terms(node, session, row, _OFFERED.all(session, product_ids, asked))


def sale_occasions(node: Node, session: Session, product_ids: frozenset[int]) -> list[SaleTerms]:
    """Return the rounds, open now, in which any of these products is offered."""
    rows = _OPEN.all(session, product_ids, {"now": node.clock.now()})
    offered: dict[int, list[AnyRow]] = {}
    for row in rows:
        offered.setdefault(row.id, []).append(row)
    return [_terms(node, session, found[0], found) for found in offered.values()]


def _terms(node: Node, session: Session, row: AnyRow, offered: Sequence[AnyRow]) -> SaleTerms:
    return SaleTerms(
        occasion=occasion(row.id),
        title=row.title,
        place=row.place,
        address=row.address,
        cut_off=row.cut_off,
        collect_from=row.collect_from,
        collect_until=row.collect_until,
        host_id=row.hub_id,
        activist_bp=row.activist_bp,
        centre_bp=row.centre_bp,
        offered=frozenset(each.product_id for each in offered),
        url=f"/rounds/{row.id}",
        closed=why_closed(State(row.state), row.opens_at, row.cut_off, node.clock.now()),
        settled=row.state == State.SETTLED,
        cut_offs={each.product_id: each.own_cut_off for each in offered if each.own_cut_off},
        pick_ups=_pick_ups(session, row.id) if row.further else (),
        arrival="/bags/",
    )


def _pick_ups(session: Session, cycle_id: int) -> tuple[PickUp, ...]:
    """Return the further hubs of a round; they stand fixed from its opening on."""
    rows = _POINTS.all(session, {"cycle_id": cycle_id})
    return tuple(PickUp(*row) for row in rows)
