"""Products of the market that stand for copies: made when picked, changed with their copies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ....market import Mirrored, add_mirrored, change_mirrored, list_mirrored
from ...goods.rules import Good
from .. import queries
from ..models import Copy, Source
from ..rules import draft_of, stock_left
from .picturing import ask_pictures


def make_products(
    session: Session, source: Source, copy_ids: Sequence[int], *, at: datetime
) -> list[int]:
    """Return the products of these copies, made for those that have none yet."""
    copies = session.scalars(
        select(Copy)
        .where(Copy.id.in_(copy_ids), Copy.source_id == source.id, Copy.gone_at.is_(None))
        .order_by(Copy.id)
        .execution_options(populate_existing=True)
    ).all()
    new = [copy for copy in copies if copy.product_id is None]
    drafts = [(draft_of(copy), copy.available) for copy in new]
    for copy, product_id in zip(
        new, add_mirrored(session, source.seller_id, drafts, at=at), strict=True
    ):
        copy.product_id = product_id
    session.flush()
    ask_pictures(session, [copy.id for copy in copies], at)
    return [copy.product_id for copy in copies if copy.product_id is not None]


def change_products(
    session: Session, source: Source, changed: Sequence[tuple[int, Good]], *, at: datetime
) -> None:
    """Let picked products be what their copies have become; a stale source stays off the list."""
    if not changed:
        return
    waiting = queries.waiting_units(session, [product_id for product_id, _ in changed])
    listed = source.withheld_at is None
    copies = {
        row.product_id: row
        for row in session.execute(
            select(*Copy.__table__.c).where(Copy.product_id.in_([id_ for id_, _ in changed]))
        )
    }
    mirrored = [
        Mirrored(
            product_id,
            draft_of(copies[product_id]),
            stock_left(good.available, waiting.get(product_id, 0)),
            listed,
        )
        for product_id, good in changed
    ]
    change_mirrored(session, source.seller_id, mirrored, at=at)
    ask_pictures(session, [row.id for row in copies.values()], at)


def withdraw_products(
    session: Session, source: Source, product_ids: Collection[int], *, at: datetime
) -> None:
    """Take products off the list: nobody can order them or more of them, ordered lines stay."""
    if product_ids:
        list_mirrored(session, source.seller_id, product_ids, listed=False, at=at)
