"""Goods that came lately, as news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.documents import Feed, FeedEntry
from .....core.values import Message, Text
from .finding import GOODS
from .rows import PRODUCT, SOURCE, SPACE

_NEW = Message("%(name)s from %(seller)s", {})


def _entries(session: Session, limit: int) -> Sequence[FeedEntry]:
    newest = select(PRODUCT.c.id).select_from(SOURCE)
    newest = newest.where(PRODUCT.c.listed, SPACE.c.closed_at.is_(None))
    ids = session.scalars(newest.order_by(PRODUCT.c.id.desc()).limit(limit)).all()
    return [
        FeedEntry(
            name=f"product-{each.id}",
            title=replace(_NEW, values={"name": each.title, "seller": each.more["card"].seller}),
            path=each.path,
            at=each.more["card"].created_at,
            text=each.more["card"].description[:300],
        )
        for each in sorted(GOODS.read(session, ids), key=lambda each: -each.id)
    ]


NEW_GOODS = Feed("products", Text("새 상품", "New goods"), _entries, order=20)
