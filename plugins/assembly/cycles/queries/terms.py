"""Rounds as occasions of sale: the answers to the questions of whoever takes the orders."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.node import Node
from ..models import Cycle, Offer
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
)
# Made once: asked for every order.
_HELD = select(*_COLUMNS).where(Cycle.id == bindparam("cycle_id")).with_for_update(read=True)
_OFFERED = select(Offer.product_id).where(
    Offer.cycle_id == bindparam("cycle_id"),
    Offer.product_id.in_(bindparam("product_ids", expanding=True)),
)
_OPEN = (
    select(*_COLUMNS, Offer.product_id)
    .join(Offer, Offer.cycle_id == Cycle.id)
    .where(
        Cycle.state == State.OPEN,
        Cycle.opens_at <= bindparam("now"),
        Cycle.cut_off > bindparam("now"),
        Offer.product_id.in_(bindparam("product_ids", expanding=True)),
    )
    .order_by(Cycle.cut_off, Cycle.id)
)


def sale_terms(
    node: Node, session: Session, name: str, product_ids: frozenset[int]
) -> SaleTerms | None:
    """Return the terms of the round that the occasion names, None if it names something else.

    The round is locked as shared: orders do not wait for each other, but whoever closes it waits
    for them, and they for them. SQLite's writers take turns anyway.
    """
    cycle_id = cycle_of(name)
    if cycle_id is None:
        return None
    row = session.connection().execute(_HELD, {"cycle_id": cycle_id}).one_or_none()
    if row is None or row.state == State.DRAFT:
        return None
    return _terms(node, row, _offered(session, cycle_id, product_ids))


def sale_occasions(node: Node, session: Session, product_ids: frozenset[int]) -> list[SaleTerms]:
    """Return the rounds, open now, in which any of these products is offered."""
    if not product_ids:
        return []
    asked = {"now": node.clock.now(), "product_ids": list(product_ids)}
    rows = session.connection().execute(_OPEN, asked).all()
    offered: dict[int, set[int]] = {}
    for row in rows:
        offered.setdefault(row.id, set()).add(row.product_id)
    first = {row.id: row for row in reversed(rows)}
    return [_terms(node, first[id_], frozenset(ids)) for id_, ids in offered.items()]


def _offered(session: Session, cycle_id: int, product_ids: frozenset[int]) -> frozenset[int]:
    if not product_ids:
        return frozenset()
    asked = {"cycle_id": cycle_id, "product_ids": list(product_ids)}
    return frozenset(session.connection().execute(_OFFERED, asked).scalars())


def _terms(node: Node, row: AnyRow, offered: frozenset[int]) -> SaleTerms:
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
        offered=offered,
        url=f"/rounds/{row.id}",
        closed=why_closed(State(row.state), row.opens_at, row.cut_off, node.clock.now()),
        settled=row.state == State.SETTLED,
    )
