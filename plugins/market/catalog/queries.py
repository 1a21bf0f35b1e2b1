"""What may be read of the goods: tiles of the catalogue, one product, a seller's own list."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from ....core.errors import NotFound
from ....core.models import AuditRecord, Person, Picture, Space
from .models import Product

AnyRow = Row[*tuple[Any, ...]]
"""A row of a query, by the names of its columns."""

SELLERS = ("producer", "shop")
"""The kinds of space that offer goods."""

FEW = 5
"""From so many units down, what is left is said."""

# Tables and not mapped classes: the catalogue is the hottest page, and its rows are only read.
_product, _space, _picture = (each.__table__ for each in (Product, Space, Picture))

_TILE = (
    _product.c.id,
    _product.c.version,
    _product.c.name,
    _product.c.price,
    _product.c.unit_label,
    _product.c.stock,
    _product.c.minimum,
    _product.c.seller_id,
    _space.c.name.label("seller"),
    _space.c.slug.label("seller_slug"),
    _picture.c.digest.label("picture"),
)
_SOURCE = _product.join(_space, _space.c.id == _product.c.seller_id).outerjoin(
    _picture, _picture.c.id == _product.c.picture_id
)
_DIGITS = 15
"""Digits of a place that are read: more would not fit a database's integer."""

_OPEN = _space.c.closed_at.is_(None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the list by name a page goes on: after this product."""

    name: str
    id: int

    def __str__(self) -> str:
        return f"{self.id}~{self.name}"

    @classmethod
    def read(cls, text: str | None) -> Place | None:
        """Return the place that ``str`` wrote, or None if it is none."""
        number, mark, name = (text or "").partition("~")
        if not mark or not number.isdecimal() or len(number) > _DIGITS:
            return None
        return cls(name.replace("\0", ""), int(number))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which listed goods are asked for; what is None or empty does not narrow."""

    category: str | None = None
    seller_id: int | None = None
    words: str = ""


def product_cards(
    session: Session, wanted: Filter, *, limit: int, after: Place | None = None
) -> Sequence[AnyRow]:
    """Return up to ``limit`` tiles of listed goods by name, from ``after`` on, without counting."""
    statement = _cards(
        wanted.category is not None,
        wanted.seller_id is not None,
        bool(wanted.words),
        after is not None,
    )
    values: dict[str, object] = {
        "category": wanted.category,
        "seller_id": wanted.seller_id,
        "words": f"%{_escaped(wanted.words)}%",
        "after_name": after and after.name,
        "after_id": after and after.id,
        "most": limit,
    }
    return session.connection().execute(statement, values).all()


@cache
def _cards(category: bool, seller: bool, words: bool, after: bool) -> Select[*tuple[Any, ...]]:
    """The statement for one set of filters: made once, so that each page only binds its values."""
    statement = select(*_TILE).select_from(_SOURCE).where(_product.c.listed, _OPEN)
    if category:
        statement = statement.where(_product.c.category == bindparam("category"))
    if seller:
        statement = statement.where(_product.c.seller_id == bindparam("seller_id"))
    if words:
        like = bindparam("words", type_=String)
        statement = statement.where(
            or_(*(each.ilike(like, escape="/") for each in (_product.c.name, _space.c.name)))
        )
    if after:
        here = tuple_(bindparam("after_name", type_=String), bindparam("after_id", type_=Integer))
        statement = statement.where(tuple_(_product.c.name, _product.c.id) > here)
    return statement.order_by(_product.c.name, _product.c.id).limit(bindparam("most"))


def _escaped(words: str) -> str:
    return words.replace("/", "//").replace("%", "/%").replace("_", "/_")


def newest_cards(session: Session, limit: int) -> Sequence[AnyRow]:
    """Return the tiles of the goods that came last and can be had."""
    statement = (
        select(*_TILE)
        .select_from(_SOURCE)
        .where(_product.c.listed, _OPEN, or_(_product.c.stock.is_(None), _product.c.stock > 0))
        .order_by(_product.c.id.desc())
        .limit(limit)
    )
    return session.execute(statement).all()


def categories(session: Session) -> list[str]:
    """Return the categories that have listed goods.

    Jumps from one to the next in the index: the cost grows with the categories, not the goods.
    """
    return [row.category for row in session.connection().execute(_CATEGORIES) if row.category]


def _jumping() -> Select[*tuple[Any, ...]]:
    listed = _product.c.listed
    step = select(func.min(_product.c.category).label("category")).where(listed).cte(recursive=True)
    following = (
        select(func.min(_product.c.category))
        .where(listed, _product.c.category > step.c.category)
        .scalar_subquery()
    )
    step = step.union_all(select(following).where(step.c.category.is_not(None)))
    return select(step.c.category).where(step.c.category.is_not(None))


_CATEGORIES = _jumping()


def product_page(session: Session, product_id: int) -> AnyRow:
    """Return a product with its seller's identity and picture; NotFound if there is none."""
    found = session.execute(_PAGE, {"id": product_id}).one_or_none()
    if found is None:
        raise NotFound("There is no such product. It may have been taken off the list.")
    return found


_IDENTITY = (
    "kind", "slug", "name", "representative", "address", "province", "county", "phone", "email",
    "business_number", "mail_order_number",
)  # fmt: skip
_PAGE = (
    select(
        *_product.c,
        *(_space.c[name].label(f"seller_{name}") for name in _IDENTITY),
        _picture.c.digest.label("picture"),
        _picture.c.caption,
        _picture.c.width,
        _picture.c.height,
    )
    .select_from(_SOURCE)
    .where(_product.c.id == bindparam("id"))
)


def goods_of(
    session: Session, seller_id: int, *, limit: int, after: Place | None = None
) -> Sequence[AnyRow]:
    """Return a seller's own goods by name, those taken off the list too."""
    columns = (*_TILE, _product.c.listed, _product.c.category, _product.c.tax_class)
    statement = select(*columns).select_from(_SOURCE).where(_product.c.seller_id == seller_id)
    if after is not None:
        here = tuple_(literal(after.name), literal(after.id))
        statement = statement.where(tuple_(_product.c.name, _product.c.id) > here)
    return session.execute(statement.order_by(_product.c.name, _product.c.id).limit(limit)).all()


def products_of(
    session: Session,
    *,
    product_ids: Iterable[int] | None = None,
    seller_ids: Iterable[int] | None = None,
    listed_only: bool = True,
) -> Sequence[AnyRow]:
    """Return whole products with ``seller_name``, those named and all of the sellers named."""
    asked = [
        column.in_(list(ids))
        for column, ids in ((_product.c.id, product_ids), (_product.c.seller_id, seller_ids))
        if ids is not None
    ]
    statement = (
        select(*_product.c, _space.c.name.label("seller_name"))
        .join(_space, _space.c.id == _product.c.seller_id)
        .where(or_(*asked) if asked else and_(_product.c.id == 0))
        .order_by(_space.c.name, _product.c.seller_id, _product.c.name, _product.c.id)
    )
    if listed_only:
        statement = statement.where(_product.c.listed)
    return session.execute(statement).all()


def seller_by_slug(session: Session, slug: str) -> AnyRow:
    """Return the producer or shop of this address; NotFound if there is none."""
    found = session.execute(
        select(_space.c.id, _space.c.kind, _space.c.slug, _space.c.name).where(
            # A NUL, which PostgreSQL cannot take, is in no address of ours.
            _space.c.slug == unicodedata.normalize("NFC", slug.replace("\0", "")),
            _space.c.kind.in_(SELLERS),
            _space.c.closed_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotFound("No producer or shop has this page.")
    return found


def seller_by_id(session: Session, space_id: int) -> AnyRow | None:
    """Return the face of a seller."""
    return session.execute(
        select(_space.c.id, _space.c.kind, _space.c.slug, _space.c.name).where(
            _space.c.id == space_id
        )
    ).one_or_none()


def sellers_run_by(session: Session, space_ids: Iterable[int]) -> Sequence[AnyRow]:
    """Return those of the spaces that offer goods."""
    return session.execute(
        select(_space.c.id, _space.c.slug, _space.c.name)
        .where(_space.c.id.in_(list(space_ids)), _space.c.kind.in_(SELLERS))
        .order_by(_space.c.name)
    ).all()


def history_of(session: Session, product_id: int, limit: int = 20) -> Sequence[AnyRow]:
    """Return who changed a product, when and what, the last first."""
    return session.execute(
        select(AuditRecord.at, AuditRecord.action, AuditRecord.details, Person.name)
        .outerjoin(Person, Person.id == AuditRecord.person_id)
        .where(AuditRecord.subject_kind == "product", AuditRecord.subject_id == product_id)
        .order_by(AuditRecord.id.desc())
        .limit(limit)
    ).all()


def stock_state(stock: int | None, minimum: int) -> str:
    """Return "out" if not even the minimum is left, "few" if only some are, else ""."""
    if stock is None:
        return ""
    if stock < minimum:
        return "out"
    return "few" if stock <= FEW * minimum else ""
