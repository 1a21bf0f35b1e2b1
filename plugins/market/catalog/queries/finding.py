"""Goods as they are found: by their names and what is said of them, and by their sellers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.documents import Document, Searchable
from .....core.search import EVERYONE, STEWARDS, of_space
from .....core.statements import Listed
from .....core.values import Text
from ..models import Product
from ..rules import titled
from .rows import PRODUCT, SOURCE, SPACE, TILE, AnyRow

_TEXTS = ("category", "origin", "description", "listed", "created_at", "updated_at")


_GOODS = Listed(
    lambda ids: (
        select(*TILE, *(PRODUCT.c[name] for name in _TEXTS), SPACE.c.closed_at)
        .select_from(SOURCE)
        .where(PRODUCT.c.id.in_(ids))
    )
)


def _read(session: Session, product_ids: Collection[int]) -> Sequence[Document]:
    return [_document(row) for row in _GOODS.all(session, product_ids)]


def _document(row: AnyRow) -> Document:
    shown = row.listed and row.closed_at is None
    return Document(
        id=row.id,
        title=titled(row.name, row.variant),
        path=f"/market/{row.id}",
        readers=frozenset({EVERYONE} if shown else {of_space(row.seller_id), STEWARDS}),
        text=f"{row.seller}\n{row.category}\n{row.origin}\n{row.description}",
        about=(row.seller, row.unit_label),
        picture=row.picture,
        changed_at=row.updated_at,
        more={"card": row, "listed": row.listed},
    )


def _ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Product.id).where(Product.id > after).order_by(Product.id)
    return list(session.scalars(query.limit(limit)))


GOODS = Searchable(
    "product", Text("상품", "Goods"), _read, _ids, order=10, template="market/catalog/hit.html"
)
