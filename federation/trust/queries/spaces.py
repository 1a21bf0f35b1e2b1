"""The spaces of this node that others may know."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ....core.models import Picture, Space
from ..rules.handles import NODE, instead

KINDS = ("producer", "shop", "hub", "organisation", "circle")


def space(session: Session, space_id: int) -> Space | None:
    """Return a space that others know or knew, also one that was closed."""
    found = session.get(Space, space_id)
    return found if found is not None and found.kind in KINDS else None


def picture_of(session: Session, found: Space) -> str:
    """Return the digest of a space's picture, "" if it has none."""
    if found.picture_id is None:
        return ""
    return session.scalar(select(Picture.digest).where(Picture.id == found.picture_id)) or ""


def by_handle(session: Session, handle: str) -> Space | None:
    """Return the open space that WebFinger finds by this handle."""
    if handle != NODE:
        found = session.scalars(
            select(Space).where(Space.slug == handle, Space.kind.in_(KINDS))
        ).one_or_none()
        if found is not None:
            return _open(found)
    number = instead(handle)
    found = space(session, number) if number is not None else None
    return _open(found) if found is not None and found.slug == NODE else None


def by_slug(session: Session, slug: str) -> Space | None:
    """Return the open space of this slug that others can know."""
    query = select(Space).where(Space.slug == slug, Space.kind.in_(KINDS))
    found = session.scalars(query).one_or_none()
    return None if found is None else _open(found)


def _open(found: Space) -> Space | None:
    return found if found.closed_at is None else None


def open_ids(session: Session, *, after: int = 0, limit: int) -> list[int]:
    """Return ids of open spaces after this one, in rising order."""
    query = select(Space.id).where(
        Space.kind.in_(KINDS), Space.closed_at.is_(None), Space.id > after
    )
    return list(session.scalars(query.order_by(Space.id).limit(limit)))
