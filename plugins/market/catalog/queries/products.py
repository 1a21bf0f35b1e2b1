"""Whole products: one for its page, a seller's own list, those that others ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, false, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import AuditRecord, Person
from .cards import Place
from .rows import PICTURE, PRODUCT, SOURCE, SPACE, TILE, AnyRow

_IDENTITY = (
    "kind", "slug", "name", "representative", "address", "province", "county", "phone", "email",
    "business_number", "mail_order_number",
)  # fmt: skip
_PAGE = (
    select(
        *PRODUCT.c,
        *(SPACE.c[name].label(f"seller_{name}") for name in _IDENTITY),
        PICTURE.c.digest.label("picture"),
        PICTURE.c.caption,
        PICTURE.c.width,
        PICTURE.c.height,
    )
    .select_from(SOURCE)
    .where(PRODUCT.c.id == bindparam("id"))
)


def product_page(session: Session, product_id: int) -> AnyRow:
    """Return a product with its seller's identity and picture; NotFound if there is none."""
    found = session.execute(_PAGE, {"id": product_id}).one_or_none()
    if found is None:
        raise NotFound("There is no such product. It may have been taken off the list.")
    return found


def goods_of(
    session: Session, seller_id: int, *, limit: int, after: Place | None = None
) -> Sequence[AnyRow]:
    """Return a seller's own goods by name, those taken off the list too."""
    columns = (*TILE, PRODUCT.c.listed, PRODUCT.c.category, PRODUCT.c.tax_class)
    statement = select(*columns).select_from(SOURCE).where(PRODUCT.c.seller_id == seller_id)
    if after is not None:
        here = tuple_(literal(after.name), literal(after.id))
        statement = statement.where(tuple_(PRODUCT.c.name, PRODUCT.c.id) > here)
    return session.execute(statement.order_by(PRODUCT.c.name, PRODUCT.c.id).limit(limit)).all()


def products_of(
    session: Session,
    *,
    product_ids: Iterable[int] | None = None,
    seller_ids: Iterable[int] | None = None,
    listed_only: bool = True,
) -> Sequence[AnyRow]:
    """Return whole products with ``seller_name``: those named, and all of the sellers named."""
    asked = [
        column.in_(list(ids))
        for column, ids in ((PRODUCT.c.id, product_ids), (PRODUCT.c.seller_id, seller_ids))
        if ids is not None
    ]
    statement = (
        select(*PRODUCT.c, SPACE.c.name.label("seller_name"))
        .join(SPACE, SPACE.c.id == PRODUCT.c.seller_id)
        .where(or_(false(), *asked))
        .order_by(SPACE.c.name, PRODUCT.c.seller_id, PRODUCT.c.name, PRODUCT.c.id)
    )
    if listed_only:
        statement = statement.where(PRODUCT.c.listed)
    return session.execute(statement).all()


def history_of(session: Session, product_id: int, limit: int = 20) -> Sequence[AnyRow]:
    """Return who changed a product, when and what, the last first."""
    return session.execute(
        select(AuditRecord.at, AuditRecord.action, AuditRecord.details, Person.name)
        .outerjoin(Person, Person.id == AuditRecord.person_id)
        .where(AuditRecord.subject_kind == "product", AuditRecord.subject_id == product_id)
        .order_by(AuditRecord.id.desc())
        .limit(limit)
    ).all()
