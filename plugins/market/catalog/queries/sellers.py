"""Who offers goods."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .rows import PRODUCT, SPACE, AnyRow

SELLERS = ("producer", "shop")
"""The kinds of space that offer goods."""

_FACE = select(SPACE.c.id, SPACE.c.kind, SPACE.c.slug, SPACE.c.name, SPACE.c.home).where(
    SPACE.c.kind.in_(SELLERS)
)
_BY_SLUG = _FACE.where(SPACE.c.slug == bindparam("slug"), SPACE.c.closed_at.is_(None))
_BY_ID = _FACE.where(SPACE.c.id == bindparam("id"))


def seller_by_slug(session: Session, slug: str) -> AnyRow:
    """Return the producer or shop of this address; NotFound if there is none."""
    wanted = {"slug": unicodedata.normalize("NFC", slug)}
    found = session.connection().execute(_BY_SLUG, wanted).one_or_none()
    if found is None:
        raise NotFound("No producer or shop has this page.")
    return found


def any_sellers(session: Session) -> bool:
    """Say whether anybody offers goods here."""
    found = select(SPACE.c.id).where(
        SPACE.c.kind.in_(SELLERS), SPACE.c.closed_at.is_(None), SPACE.c.home == ""
    )
    return session.scalar(found.limit(1)) is not None


def any_goods(session: Session) -> bool:
    """Say whether there is anything to buy."""
    return session.scalar(select(PRODUCT.c.id).where(PRODUCT.c.listed).limit(1)) is not None


def seller_by_id(session: Session, space_id: int) -> AnyRow | None:
    """Return the face of a seller, also of one whose page is closed."""
    return session.connection().execute(_BY_ID, {"id": space_id}).one_or_none()


def sellers_run_by(session: Session, space_ids: Iterable[int]) -> Sequence[AnyRow]:
    """Return those of the spaces that offer goods."""
    wanted = _FACE.where(SPACE.c.id.in_(list(space_ids)), SPACE.c.closed_at.is_(None))
    return session.execute(wanted.order_by(SPACE.c.name)).all()
