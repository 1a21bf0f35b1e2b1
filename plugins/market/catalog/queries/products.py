"""Whole products: one for its page, a seller's own list, those that others ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, false, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import AuditRecord, Person
from .....core.statements import Statement
from ...accounts.models import Container
from .cards import Place
from .rows import PICTURE, PRODUCT, SOURCE, SPACE, TILE, AnyRow

_CONTAINER: Table = Container.__table__  # type: ignore[assignment]
_IN_USE = (_CONTAINER.c.id == PRODUCT.c.container_id) & _CONTAINER.c.retired_at.is_(None)
_IDENTITY = (
    "kind", "slug", "name", "representative", "address", "province", "county", "phone", "email",
    "business_number", "mail_order_number", "home", "hidden_at",
)  # fmt: skip
_OWN = (
    "listed", "back_at", "category", "tax_class", "certification", "certificate_number",
    "certificate_until", "listed_before",
)  # fmt: skip
_FAMILY = Statement(
    select(*(PRODUCT.c[name] for name in (
        "id", "name", "variant", "price", "unit_label", "sold_by", "expected_g", "stock", "minimum",
    )))
    .where(PRODUCT.c.family_id == bindparam("family_id"), PRODUCT.c.listed)
    .order_by(PRODUCT.c.price, PRODUCT.c.id)
    .limit(30)
)  # fmt: skip
_PAGE = Statement(
    select(
        *PRODUCT.c,
        *(SPACE.c[name].label(f"seller_{name}") for name in _IDENTITY),
        _CONTAINER.c.name.label("container"),
        _CONTAINER.c.deposit,
        PICTURE.c.digest.label("picture"),
        PICTURE.c.caption,
        PICTURE.c.width,
        PICTURE.c.height,
    )
    .select_from(SOURCE.outerjoin(_CONTAINER, _IN_USE))
    .where(PRODUCT.c.id == bindparam("id"))
)


def product_page(session: Session, product_id: int) -> AnyRow:
    """Return a product with its seller's identity and picture; NotFound if there is none."""
    found: AnyRow | None = _PAGE.one_or_none(session, {"id": product_id})
    if found is None:
        raise NotFound("There is no such product. It may have been taken off the list.")
    return found


def family_of(session: Session, family_id: int | None) -> Sequence[Any]:
    """Return the listed goods of one family, the cheapest first; none without a family."""
    return [] if family_id is None else _FAMILY.all(session, {"family_id": family_id})


def goods_of(
    session: Session, seller_id: int, *, limit: int, after: Place | None = None
) -> Sequence[AnyRow]:
    """Return a seller's own goods by name, those taken off the list too."""
    columns = (*TILE, *(PRODUCT.c[name] for name in _OWN))
    statement = select(*columns).select_from(SOURCE).where(PRODUCT.c.seller_id == seller_id)
    if after is not None:
        here = tuple_(literal(after.name), literal(after.id))
        statement = statement.where(tuple_(PRODUCT.c.name, PRODUCT.c.id) > here)
    return session.execute(statement.order_by(PRODUCT.c.name, PRODUCT.c.id).limit(limit)).all()


def whole_goods(session: Session, seller_id: int) -> Iterator[AnyRow]:
    """Return all goods of a seller by name, those off the list too, with ``container``, the name
    of the one they come in, as a stream."""
    statement = (
        select(*PRODUCT.c, SPACE.c.name.label("seller_name"), _CONTAINER.c.name.label("container"))
        .select_from(SOURCE.outerjoin(_CONTAINER, _IN_USE))
        .where(PRODUCT.c.seller_id == seller_id)
        .order_by(PRODUCT.c.name, PRODUCT.c.variant, PRODUCT.c.id)
    )
    yield from session.execute(statement)


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
