"""A public page with what hangs on it: its picture, and posts that everyone reads."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import pictures
from .....core.node import Node
from .....core.pictures import Prepared
from ...circles import actions as circles
from ...circles.models import Profile
from ..models import Post
from ..rules import EVERYONE, MEMBERS
from .pictures import drop_portrait
from .spreading import spread


def put_up(node: Node, session: Session, page: Profile, portrait: Prepared, caption: str) -> None:
    """Show a picture on a public page instead of the one before."""
    drop_portrait(node, session, page)
    kept = pictures.keep(
        session, node, portrait, caption=caption, owner_id=page.person_id, at=node.clock.now()
    )
    page.picture_id = kept.id
    session.flush()


def close(node: Node, session: Session, person_id: int) -> None:
    """Close a public page: its posts for everyone are for members from now on, and what was told
    of them elsewhere is taken back."""
    public = select(Post).where(Post.author_id == person_id, Post.audience == EVERYONE)
    for post in session.scalars(public.order_by(Post.id)).all():
        post.audience = MEMBERS
        spread(node, session, post)
    page = session.get(Profile, person_id)
    if page is not None:
        drop_portrait(node, session, page)
    circles.close_page(node, session, person_id)
