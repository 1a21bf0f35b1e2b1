"""News with whose they are, as every list and page reads them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, or_, select

from .....core.models import Picture, Space
from ..models import News, NewsPicture
from ..rules import State

AnyRow = Row[*tuple[Any, ...]]

_first = NewsPicture.__table__.alias()

NEWS_AND_SPACE = (
    select(
        News.id, News.space_id, News.title, News.text, News.state, News.pinned_at,
        News.changed_at, News.published_at, News.hidden_at, News.version,
        Space.slug.label("space_slug"), Space.name.label("space_name"),
        Space.kind.label("space_kind"), Space.closed_at.label("space_closed_at"),
        Picture.digest, Picture.width, Picture.height, Picture.caption,
    )
    .select_from(News)
    .outerjoin(Space, Space.id == News.space_id)
    .outerjoin(_first, and_(_first.c.news_id == News.id, _first.c.place == 1))
    .outerjoin(Picture, Picture.id == _first.c.picture_id)
)  # fmt: skip
"""``space_…`` are None for news of the node; ``digest`` is that of the first picture, or None."""

PUBLIC = and_(
    News.state == State.PUBLIC.value,
    News.hidden_at.is_(None),
    or_(News.space_id.is_(None), Space.closed_at.is_(None)),
)
"""What everyone may read."""


def is_public(row: AnyRow) -> bool:
    """Say the same of one row."""
    return row.state == State.PUBLIC and row.hidden_at is None and row.space_closed_at is None
