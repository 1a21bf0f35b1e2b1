"""Who may do what with posts, as pages and programs ask."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from ....core import moderation
from ....core.answers import Rule, Scope
from ....core.errors import NotFound
from ....core.values import Viewer
from ....core.web import picture_url, this_viewer
from ....core.web.api import mark
from ..circles.access import MEET, SEE, my_id, viewer_id
from .models import Post
from .queries import the_post

WRITE = "feed.write"

RULES = (Rule(WRITE, members=True),)
SCOPES = (
    Scope("posts:read", mark("See my own posts, those for few and drafts too")),
    Scope("posts:write", mark("Write and delete posts for me")),
)


def post_to_read(session: Session, post_id: int) -> Post:
    """Return a post that whoever asks may read; stewards may read one that is reported, since they
    decide about it."""
    viewer = this_viewer()
    try:
        return the_post(session, post_id, viewer.id if viewer else None)
    except NotFound:
        post = session.get(Post, post_id) if _decides(session, viewer, post_id) else None
        if post is None or post.published_at is None:
            raise
        return post


def _decides(session: Session, viewer: Viewer | None, post_id: int) -> bool:
    if viewer is None or not viewer.is_steward:
        return False
    subject = f"post:{post_id}"
    return bool(
        moderation.queries.open_reports(session, subject, limit=1)
        or moderation.standing(session, subject)
    )


def post_picture_url(post: Post, picture: Any, size: str = "large") -> str:
    """Return the address of a picture of a post: that of the core if everyone may see it."""
    if post.told:
        return picture_url(picture.digest, size)
    return url_for("feed.post_picture", picture_id=picture.id, size=size)


__all__ = [
    "MEET",
    "RULES",
    "SCOPES",
    "SEE",
    "WRITE",
    "my_id",
    "post_picture_url",
    "post_to_read",
    "viewer_id",
]
