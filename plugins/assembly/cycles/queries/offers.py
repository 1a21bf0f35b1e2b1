"""What is offered in a round, and what could be."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Table, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.statements import Statement
from ....market import Product
from ..models import Offer
from .rows import AnyRow

# Tables and not mapped classes: a round of a thousand offers is shown on one page.
_product: Table = Product.__table__  # type: ignore[assignment]
_space: Table = Space.__table__  # type: ignore[assignment]
_offer: Table = Offer.__table__  # type: ignore[assignment]

_OFFERED = Statement(
    select(
        _product.c.id,
        _product.c.version,
        _product.c.name,
        _product.c.variant,
        _product.c.unit_label,
        _product.c.price,
        _product.c.sold_by,
        _product.c.expected_g,
        _product.c.stock,
        _product.c.minimum,
        _product.c.step,
        _product.c.category,
        _product.c.seller_id,
        _space.c.name.label("seller"),
        _space.c.slug.label("seller_slug"),
    )
    .select_from(
        _offer.join(_product, _product.c.id == _offer.c.product_id).join(
            _space, _space.c.id == _product.c.seller_id
        )
    )
    .where(
        _offer.c.cycle_id == bindparam("cycle_id"), _product.c.listed, _space.c.closed_at.is_(None)
    )
    .order_by(_product.c.category, _space.c.name, _space.c.id, _product.c.name, _product.c.id)
)


def offered_goods(session: Session, cycle_id: int) -> Sequence[AnyRow]:
    """Return what can be ordered in a round, by category, then producer, then name."""
    return _OFFERED.all(session, {"cycle_id": cycle_id})


def offerable() -> ColumnElement[bool]:
    """Return the condition that a product is listed, or off the list for this week only: a round
    that is planned now has it."""
    return or_(Product.listed, Product.back_at.is_not(None))


def producers_to_choose(session: Session, cycle_id: int) -> Sequence[AnyRow]:
    """Return every producer with goods: id, slug, name, county, ``goods`` and ``offered``."""
    here = and_(Offer.product_id == Product.id, Offer.cycle_id == cycle_id)
    return session.execute(
        select(
            Space.id,
            Space.slug,
            Space.name,
            Space.county,
            func.count(Product.id).label("goods"),
            func.count(Offer.product_id).label("offered"),
        )
        .join(Product, Product.seller_id == Space.id)
        .outerjoin(Offer, here)
        .where(Space.kind == "producer", Space.closed_at.is_(None), offerable())
        .group_by(Space.id, Space.slug, Space.name, Space.county)
        .order_by(Space.name, Space.id)
    ).all()


def products_to_choose(session: Session, cycle_id: int, seller_id: int) -> Sequence[AnyRow]:
    """Return a producer's listed products with ``offered``: whether the round has them."""
    here = and_(Offer.product_id == Product.id, Offer.cycle_id == cycle_id)
    return session.execute(
        select(
            Product.id,
            Product.name,
            Product.variant,
            Product.unit_label,
            Product.price,
            Product.sold_by,
            Product.expected_g,
            Product.stock,
            Offer.product_id.is_not(None).label("offered"),
        )
        .outerjoin(Offer, here)
        .where(Product.seller_id == seller_id, offerable())
        .order_by(Product.name, Product.id)
    ).all()


def offered_number(session: Session, cycle_id: int) -> AnyRow:
    """Return how many ``goods`` of how many ``producers`` can be ordered in a round."""
    return session.execute(
        select(
            func.count(Offer.product_id).label("goods"),
            func.count(Offer.seller_id.distinct()).label("producers"),
        )
        .join(Product, Product.id == Offer.product_id)
        .where(Offer.cycle_id == cycle_id, Product.listed)
    ).one()


def sellers_of(session: Session, cycle_id: int) -> list[int]:
    """Return the ids of the producers who take part in a round."""
    return list(
        session.scalars(
            select(Offer.seller_id)
            .where(Offer.cycle_id == cycle_id)
            .distinct()
            .order_by(Offer.seller_id)
        )
    )


def producer_face(session: Session, seller_id: int) -> AnyRow | None:
    """Return id, slug and name of a producer, None if it is none or has closed."""
    return session.execute(
        select(Space.id, Space.slug, Space.name).where(
            Space.id == seller_id, Space.kind == "producer", Space.closed_at.is_(None)
        )
    ).one_or_none()
