"""Products as an order needs them, and the terms of the occasion at which they are sold."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, cast

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.models import Space
from .....core.node import Node
from ...catalog.models import Product
from ..rules import Good

SELLER = Space.id == Product.seller_id
GOOD_COLUMNS = (
    Product.id,
    Product.name,
    Product.unit_label,
    Product.price,
    Product.stock,
    Product.minimum,
    Product.step,
    Product.tax_class,
    Product.origin,
    Product.storage,
    Product.seller_id,
    Space.name.label("seller_name"),
    (Product.listed & Space.closed_at.is_(None)).label("sold"),
)


def goods(session: Session, product_ids: Iterable[int]) -> dict[int, Good]:
    """Return the products with these ids, each with its seller's name and whether it is sold."""
    ids = {f"id_{place}": product_id for place, product_id in enumerate(product_ids)}
    rows = session.connection().execute(_goods(len(ids)), ids) if ids else ()
    return {row.id: cast(Good, row) for row in rows}


@cache
def _goods(count: int) -> Select[*tuple[Any, ...]]:
    """The statement for so many products: made once, since every order asks it."""
    ids: list[BindParameter[int]] = [bindparam(f"id_{place}") for place in range(count)]
    return select(*GOOD_COLUMNS).join(Space, SELLER).where(Product.id.in_(ids))


def terms_of(
    node: Node, session: Session, occasion: str, product_ids: Iterable[int] = ()
) -> SaleTerms | None:
    """Return the terms of an occasion as whoever holds it says, None if nobody does any more."""
    terms: SaleTerms | None = node.hooks.sale_terms(
        node=node, session=session, occasion=occasion, product_ids=frozenset(product_ids)
    )
    return terms
