"""Products as an order needs them, and the terms of the occasion at which they are sold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.models import Space
from .....core.node import Node
from .....core.statements import Listed
from ...catalog.models import Product
from ..rules import Good

SELLER = Space.id == Product.seller_id
TITLE = case(
    (Product.variant == "", Product.name), else_=Product.name + " (" + Product.variant + ")"
)
"""What a product is called with its variant; ``catalog.rules.titled`` writes the same."""

GOOD_COLUMNS = (
    Product.id,
    TITLE.label("name"),
    Product.unit_label,
    Product.price,
    Product.stock,
    Product.minimum,
    Product.step,
    Product.tax_class,
    Product.origin,
    Product.storage,
    Product.sold_by,
    Product.expected_g,
    Product.allergens,
    Product.certification,
    Product.certificate_number,
    Product.certificate_until,
    Product.container_id,
    Product.seller_id,
    Space.name.label("seller_name"),
    (Product.listed & Space.closed_at.is_(None)).label("sold"),
)
_GOODS = Listed(lambda ids: select(*GOOD_COLUMNS).join(Space, SELLER).where(Product.id.in_(ids)))


def goods(session: Session, product_ids: Iterable[int]) -> dict[int, Good]:
    """Return the products with these ids, each with its seller's name and whether it is sold."""
    return {row.id: cast(Good, row) for row in _GOODS.all(session, list(product_ids))}


def terms_of(
    node: Node, session: Session, occasion: str, product_ids: Iterable[int] = ()
) -> SaleTerms | None:
    """Return the terms of an occasion as whoever holds it says, None if nobody does any more."""
    terms: SaleTerms | None = node.hooks.sale_terms(
        node=node, session=session, occasion=occasion, product_ids=frozenset(product_ids)
    )
    if terms is not None and terms.occasion != occasion:
        raise ValueError(f"asked about {occasion!r}, a plugin answered for {terms.occasion!r}")
    return terms
