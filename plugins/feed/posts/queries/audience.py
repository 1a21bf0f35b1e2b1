"""Who may read what: the one condition that page, timeline, search, feed, API, pictures and
comments all ask."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from ...circles.models import Membership
from ...circles.queries import not_blocked
from ..models import Post
from ..rules import CIRCLE, EVERYONE, MEMBERS


def is_public() -> ColumnElement[bool]:
    """Return the condition that everyone may read a post, strangers and other nodes too."""
    return and_(Post.audience == EVERYONE, Post.published_at.is_not(None), Post.hidden_at.is_(None))


def seen_by(person_id: int | BindParameter[int] | None) -> ColumnElement[bool]:
    """Return the condition that this person may read a post; None is a stranger.

    Authors see their own drafts and what is hidden; nobody else does.
    """
    if person_id is None:
        return is_public()
    in_circle = exists().where(
        Membership.circle_id == Post.circle_id,
        Membership.person_id == person_id,
        Membership.accepted_at.is_not(None),
    )
    others = and_(
        Post.published_at.is_not(None),
        Post.hidden_at.is_(None),
        or_(
            Post.audience == EVERYONE,
            Post.audience == MEMBERS,
            and_(Post.audience == CIRCLE, in_circle),
        ),
        not_blocked(Post.author_id, person_id),
    )
    # As a sum, so that no index of authors is looked through for one half of this "or": SQLite
    # would then read everything that members may, where a list of numbers names the few it wants.
    return or_(Post.author_id + 0 == person_id, others)


def readable(person_id: int | None) -> Select[Any]:
    """Return the query for all published posts that this person may read."""
    return select(Post).where(Post.published_at.is_not(None), seen_by(person_id))


def the_post(session: Session, post_id: int, person_id: int | None) -> Post:
    """Return a post that this person may read; NotFound as if there were none otherwise."""
    found = session.scalars(
        select(Post).where(Post.id == post_id, seen_by(person_id))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such post, or it is not for you.")
    return found


def own_post(session: Session, post_id: int, person_id: int, *, lock: bool = False) -> Post:
    """Return a post of this person's own; NotFound otherwise."""
    query = select(Post).where(Post.id == post_id, Post.author_id == person_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("There is no such post, or it is not for you.")
    return found


def begun(session: Session, person_id: int, key: str) -> Post | None:
    """Return the post that a form made already, by the form's key."""
    query = select(Post).where(Post.author_id == person_id, Post.key == key[:80])
    return session.scalars(query).one_or_none()
