"""What became of the standing orders at one occasion, for those who hand out there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import Session

from .....core.models import Person, Space
from ...catalog.models import Product
from ...orders.models import Order
from ...orders.queries.goods import TITLE
from ..models import StandingOrder, StandingRun
from ..rules import FAILED, MADE

AnyRow = Row[*tuple[Any, ...]]
Hosts = Collection[int] | None
"""The spaces whose part is asked for; None: all of the occasion."""


def numbers_at(session: Session, occasion: str, hosts: Hosts = None) -> Mapping[str, int]:
    """Return how many standing orders were made, made in part, skipped and failed there."""
    short = (StandingRun.state == MADE) & (StandingRun.quantity < StandingRun.wanted)
    state = case((short, "part"), else_=StandingRun.state)
    rows = session.execute(
        _at(select(state.label("state"), func.count().label("number")), occasion, hosts).group_by(
            state
        )
    )
    found = {row.state: row.number for row in rows}
    return {name: found.get(name, 0) for name in ("made", "part", "skipped", "failed")}


def runs_at(
    session: Session,
    occasion: str,
    *,
    hosts: Hosts = None,
    after: int | None = None,
    limit: int,
) -> Sequence[AnyRow]:
    """Return those of which something could not be made, the failed and the partly made ones."""
    lacking = (StandingRun.state == FAILED) | (
        (StandingRun.state == MADE) & (StandingRun.quantity < StandingRun.wanted)
    )
    query = (
        _at(
            select(
                StandingRun.id,
                StandingRun.state,
                StandingRun.wanted,
                StandingRun.quantity,
                StandingRun.problem,
                StandingRun.values,
                StandingRun.at,
                TITLE.label("name"),
                Product.unit_label,
                Person.name.label("person"),
                Person.phone,
                Space.name.label("hub"),
                Order.code,
            ),
            occasion,
            hosts,
        )
        .join(StandingOrder, StandingOrder.id == StandingRun.standing_id)
        .join(Person, Person.id == StandingOrder.person_id)
        .join(Product, Product.id == StandingRun.product_id)
        .join(Space, Space.id == StandingRun.host_id)
        .outerjoin(Order, Order.id == StandingRun.order_id)
        .where(lacking)
        .order_by(StandingRun.id)
        .limit(limit)
    )
    return session.execute(query if after is None else query.where(StandingRun.id > after)).all()


def failures(session: Session, hosts: Collection[int], *, since: Any) -> Sequence[AnyRow]:
    """Return the occasions at these spaces where standing orders failed, each with how many."""
    if not hosts:
        return []
    return session.execute(
        select(
            StandingRun.occasion,
            StandingRun.title,
            func.count().label("number"),
            func.max(StandingRun.collect_on).label("on"),
        )
        .where(
            StandingRun.host_id.in_(hosts),
            StandingRun.state == FAILED,
            StandingRun.collect_on >= since,
        )
        .group_by(StandingRun.occasion, StandingRun.title)
        .order_by(func.max(StandingRun.collect_on), StandingRun.occasion)
        .limit(10)
    ).all()


def _at(query: Any, occasion: str, hosts: Hosts) -> Any:
    query = query.where(StandingRun.occasion == occasion)
    return query if hosts is None else query.where(StandingRun.host_id.in_(hosts))
