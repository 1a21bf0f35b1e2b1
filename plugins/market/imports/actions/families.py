"""Goods of one name and several variants, as a file lists them, become one family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...catalog.models import Product
from ...catalog.rules import folded


def join_families(session: Session, made: Collection[int]) -> None:
    """Let goods that were just made belong together with the other variants of the same name that
    their seller has; what belongs together already stays so."""
    fresh = set(made)
    sellers = select(Product.seller_id).where(Product.id.in_(fresh), Product.variant != "")
    rows = session.execute(
        select(Product.id, Product.seller_id, Product.name, Product.family_id)
        .where(Product.seller_id.in_(sellers), Product.variant != "")
        .order_by(Product.id)
    )
    goods: defaultdict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in rows:
        goods[row.seller_id, folded(row.name)].append(row)
    for sizes in goods.values():
        if fresh.isdisjoint(row.id for row in sizes):
            continue
        alone = [row.id for row in sizes if row.family_id is None]
        if len(sizes) > 1 and alone:
            head = next((row.family_id for row in sizes if row.family_id), sizes[0].id)
            session.execute(
                update(Product)
                .where(Product.id.in_(alone))
                .values(family_id=head)
                .execution_options(synchronize_session=False)
            )
