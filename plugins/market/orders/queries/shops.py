"""The market's own occasions: what a shop sells is collected and paid there, without a cut-off."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.errors import NotFound
from .....core.models import Space
from .....core.statements import Listed
from .....core.values import Message
from ...catalog.models import Product
from ..rules import shop_occasion, shop_of

AnyRow = Row[*tuple[Any, ...]]
SHOP = "shop"
_COLUMNS = (Space.id, Space.kind, Space.slug, Space.name, Space.address, Space.closed_at)
_SELLING = Listed(
    lambda ids: (
        select(Product.id.label("product_id"), *_COLUMNS)
        .join(Space, Space.id == Product.seller_id)
        .where(Product.id.in_(ids), Product.listed, Space.kind == SHOP, Space.closed_at.is_(None))
        .order_by(Space.id)
    )
)


def shop_terms(session: Session, occasion: str, product_ids: frozenset[int]) -> SaleTerms | None:
    """Return the terms of an occasion at a shop, None if it is not one."""
    shop_id = shop_of(occasion)
    if shop_id is None:
        return None
    shop = session.execute(
        select(*_COLUMNS).where(Space.id == shop_id, Space.kind == SHOP)
    ).one_or_none()
    if shop is None:
        return None
    offered = session.scalars(
        select(Product.id).where(
            Product.id.in_(product_ids), Product.seller_id == shop_id, Product.listed
        )
    )
    return _terms(shop, frozenset(offered) if product_ids else frozenset())


def shop_occasions(session: Session, product_ids: frozenset[int]) -> list[SaleTerms]:
    """Return the shops, not closed, that sell any of these products of their own."""
    rows = _SELLING.all(session, product_ids)
    grouped = ((list(found)) for _, found in groupby(rows, key=lambda row: row.id))
    return [_terms(found[0], frozenset(row.product_id for row in found)) for found in grouped]


def shop_by_slug(session: Session, slug: str) -> AnyRow:
    """Return the shop with this address; NotFound if there is none."""
    shop = session.execute(
        select(*_COLUMNS).where(Space.slug == slug, Space.kind == SHOP)
    ).one_or_none()
    if shop is None:
        raise NotFound("There is no such shop.")
    return shop


def shops_of(session: Session, space_ids: frozenset[int]) -> Sequence[AnyRow]:
    """Return those of these spaces that are shops."""
    return session.execute(
        select(*_COLUMNS).where(Space.id.in_(space_ids), Space.kind == SHOP).order_by(Space.name)
    ).all()


def _terms(shop: Any, offered: frozenset[int]) -> SaleTerms:
    closed = None
    if shop.closed_at is not None:
        closed = Message("%(name)s does not take orders any more.", {"name": shop.name})
    return SaleTerms(
        occasion=shop_occasion(shop.id),
        title=shop.name,
        place=shop.name,
        address=shop.address,
        cut_off=None,
        collect_from=None,
        collect_until=None,
        host_id=shop.id,
        activist_bp=0,
        centre_bp=0,
        offered=offered,
        url=f"/spaces/{shop.slug}",
        closed=closed,
    )
