"""Tiles of the catalogue: listed goods by name, by category, seller or words, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import Session

from .....core.statements import Statement
from .rows import PRODUCT, SOURCE, SPACE, TILE, AnyRow

FEW = 5
"""From so many times the minimum down, what is left is said."""

LOOKED_AT = 12
"""So many times the goods that are shown as new are looked at, to find some of each seller."""

_DIGITS = 9
"""Digits of a place that are read: more would not fit a database's integer."""

_SHOWN = (PRODUCT.c.listed, SPACE.c.closed_at.is_(None))


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
        return cls(name, int(number))


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
    return statement.all(session, values)


@cache
def _cards(category: bool, seller: bool, words: bool, after: bool) -> Statement:
    """The statement for one set of filters: made once, so that each page only binds its values."""
    statement = select(*TILE).select_from(SOURCE).where(*_SHOWN)
    if category:
        statement = statement.where(PRODUCT.c.category == bindparam("category"))
    if seller:
        statement = statement.where(PRODUCT.c.seller_id == bindparam("seller_id"))
    if words:
        like = bindparam("words", type_=String)
        names = (PRODUCT.c.name, SPACE.c.name)
        statement = statement.where(or_(*(each.ilike(like, escape="/") for each in names)))
    if after:
        here = tuple_(bindparam("after_name", type_=String), bindparam("after_id", type_=Integer))
        statement = statement.where(tuple_(PRODUCT.c.name, PRODUCT.c.id) > here)
    return Statement(statement.order_by(PRODUCT.c.name, PRODUCT.c.id).limit(bindparam("most")))


def _escaped(words: str) -> str:
    return words.replace("/", "//").replace("%", "/%").replace("_", "/_")


def newest_cards(session: Session, limit: int) -> Sequence[AnyRow]:
    """Return the tiles of the goods that came last and can be had, of many sellers if it may be.

    A seller who brings a whole list at once would else have the first page alone.
    """
    found = _NEWEST.all(session, {"most": limit * LOOKED_AT})
    had: Counter[str] = Counter()
    turns = []
    for row in found:
        had[row.seller] += 1
        turns.append(had[row.seller])
    ranked = sorted(range(len(found)), key=lambda place: (turns[place], place))
    return [found[place] for place in ranked[:limit]]


_NEWEST = Statement(
    select(*TILE)
    .select_from(SOURCE)
    .where(*_SHOWN, or_(PRODUCT.c.stock.is_(None), PRODUCT.c.stock > 0))
    .order_by(PRODUCT.c.id.desc())
    .limit(bindparam("most"))
)


def categories(session: Session) -> list[str]:
    """Return the categories that have listed goods.

    Jumps from one to the next in the index: the cost grows with the categories, not the goods.
    """
    return [row.category for row in _CATEGORIES.all(session) if row.category]


def _jumping() -> Select[*tuple[Any, ...]]:
    category, listed = PRODUCT.c.category, PRODUCT.c.listed
    step = select(func.min(category).label("category")).where(listed).cte(recursive=True)
    following = (
        select(func.min(category)).where(listed, category > step.c.category).scalar_subquery()
    )
    step = step.union_all(select(following).where(step.c.category.is_not(None)))
    return select(step.c.category).where(step.c.category.is_not(None))


_CATEGORIES = Statement(_jumping())


def stock_state(stock: int | None, minimum: int) -> str:
    """Return "out" if not even the minimum is left, "few" if only some are, else ""."""
    if stock is None:
        return ""
    if stock < minimum:
        return "out"
    return "few" if stock <= FEW * minimum else ""
