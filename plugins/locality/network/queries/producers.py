"""Producers by province, those of other nodes that stand here as mirrors among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.statements import Statement
from ..rules.provinces import Province, counted, province_of

AnyRow = Row[*tuple[Any, ...]]
SIZE = 60
_OPEN = (Space.kind == "producer", Space.closed_at.is_(None), Space.hidden_at.is_(None))
_BY_PROVINCE = Statement(
    select(Space.province, func.count().label("number")).where(*_OPEN).group_by(Space.province)
)


def by_province(session: Session) -> tuple[Mapping[str, int], int]:
    """Return how many producers stand in each province, and how many say none that is known."""
    return counted((row.province, int(row.number)) for row in _BY_PROVINCE.all(session, {}))


def in_province(
    session: Session, province: Province, *, after: tuple[str, str, int] | None = None,
    limit: int = SIZE + 1,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return the producers of a province by county and name: id, slug, name, county, home."""
    texts = [row.province for row in _BY_PROVINCE.all(session, {})]
    meant = [text for text in texts if province_of(text) == province]
    query = (
        select(Space.id, Space.slug, Space.name, Space.county, Space.home, Space.intro)
        .where(*_OPEN, Space.province.in_(meant))
        .order_by(Space.county, Space.name, Space.id)
        .limit(limit)
    )
    if after is not None:
        county, name, id_ = after
        later = (Space.name > name) | ((Space.name == name) & (Space.id > id_))
        query = query.where((Space.county > county) | ((Space.county == county) & later))
    return session.execute(query).all()
