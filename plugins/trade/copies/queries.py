"""What may be read of the copies of other nodes' catalogues."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from ....core.models import Space
from ....core.values import Message
from ...assembly import occasions_taking_orders
from ...market import Order, OrderLine
from .models import Copy, RefusedItem, Source
from .rules import age_note

SIZE = 50
"""Copies on one page."""

_copy, _source, _space = Copy.__table__.c, Source.__table__.c, Space.__table__.c


def sources(session: Session, *, after: str = "", limit: int = SIZE) -> Sequence[Any]:
    """Return those who are followed, by name, with the slug of the space that stands for them and
    ``refused``, how many of their things cannot be used."""
    refused = (
        select(func.count())
        .select_from(RefusedItem)
        .where(RefusedItem.source_id == Source.id)
        .scalar_subquery()
        .label("refused")
    )
    name, _, number = after.rpartition("~")
    wanted = (
        select(*_source, _space.slug, _space.name.label("shown_name"), refused)
        .join(Space, Space.id == Source.seller_id)
        .where(Source.ended_at.is_(None))
    )
    if number.isdecimal():
        here = tuple_(literal(name), literal(int(number[:9])))
        wanted = wanted.where(tuple_(Source.name, Source.id) > here)
    return session.execute(wanted.order_by(Source.name, Source.id).limit(limit)).all()


def followed_at(session: Session, host: str) -> set[str]:
    """Return the actors of a node who are followed."""
    followed = select(Source.actor).where(Source.host == host, Source.ended_at.is_(None))
    return set(session.scalars(followed))


def source_page(session: Session, source_id: int) -> Any:
    """Return a source that is followed, with its space; None if there is none."""
    return session.execute(
        select(*_source, _space.slug, _space.name.label("shown_name"))
        .join(Space, Space.id == Source.seller_id)
        .where(Source.id == source_id, Source.ended_at.is_(None))
    ).one_or_none()


def source_of_space(session: Session, space_id: int) -> Any:
    """Return the source that a space stands for, None if it is a seller of this node."""
    return session.execute(select(*_source).where(_source.seller_id == space_id)).one_or_none()


def copies_of(
    session: Session, source_id: int, *, words: str = "", after: tuple[str, int] | None = None,
    limit: int = SIZE,
) -> Sequence[Any]:  # fmt: skip
    """Return the copies of a source by name, those with these words in it if there are any."""
    wanted = select(*_copy).where(_copy.source_id == source_id, _copy.gone_at.is_(None))
    if words:
        like = words.replace("/", "//").replace("%", "/%").replace("_", "/_")
        wanted = wanted.where(_copy.name.ilike(f"%{like}%", escape="/"))
    if after is not None:
        here = tuple_(*(literal(each) for each in after))
        wanted = wanted.where(tuple_(_copy.name, _copy.id) > here)
    return session.execute(wanted.order_by(_copy.name, _copy.id).limit(limit)).all()


def refused_of(session: Session, source_id: int, limit: int = 20) -> Sequence[Any]:
    """Return things of a source that cannot be used, with the reasons."""
    return session.execute(
        select(RefusedItem.uri, RefusedItem.reason)
        .where(RefusedItem.source_id == source_id)
        .order_by(RefusedItem.id)
        .limit(limit)
    ).all()


def waiting_units(session: Session, product_ids: Collection[int]) -> dict[int, int]:
    """Return how many units of products were ordered in rounds that still take orders.

    Their sellers do not know of them yet, so what these say that they have does not lack them.
    """
    occasions = occasions_taking_orders(session)
    if not occasions or not product_ids:
        return {}
    rows = session.execute(
        select(OrderLine.product_id, func.sum(OrderLine.delivered))
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.product_id.in_(product_ids),
            OrderLine.occasion.in_(occasions),
            Order.state == "placed",
        )
        .group_by(OrderLine.product_id)
    )
    return {product_id: int(units) for product_id, units in rows}


def notes(session: Session, product_ids: Iterable[int], now: datetime) -> list[tuple[int, Message]]:
    """Return whose copies these products are and how old, for those that are copies."""
    rows = session.execute(
        select(Copy.product_id, Source.name, Source.fetched_at)
        .join(Source, Source.id == Copy.source_id)
        .where(Copy.product_id.in_(list(product_ids)))
    )
    return [(row.product_id, age_note(row.name, row.fetched_at, now)) for row in rows]


def ordered_and_gone(session: Session, limit: int = SIZE) -> Sequence[Any]:
    """Return products that their producers took off, or whose copies are too old, while a round
    that takes orders has lines of them: ``product_id``, ``name``, ``occasion``, ``units``."""
    occasions = occasions_taking_orders(session)
    if not occasions:
        return []
    return session.execute(
        select(
            OrderLine.product_id,
            Copy.name,
            OrderLine.occasion,
            func.sum(OrderLine.delivered).label("units"),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .join(Copy, Copy.product_id == OrderLine.product_id)
        .join(Source, Source.id == Copy.source_id)
        .where(
            OrderLine.occasion.in_(occasions),
            Order.state == "placed",
            or_(Copy.gone_at.is_not(None), Source.withheld_at.is_not(None)),
        )
        .group_by(OrderLine.product_id, Copy.name, OrderLine.occasion)
        .order_by(OrderLine.occasion, Copy.name)
        .limit(limit)
    ).all()


def picked_in(session: Session, source_id: int, product_ids: Collection[int]) -> set[int]:
    """Return the copies of a source whose products are among these."""
    found = select(Copy.id).where(Copy.source_id == source_id, Copy.product_id.in_(product_ids))
    return set(session.scalars(found))
