"""Posts as they are read: the newest for everyone, one with its history, those of a tag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import Message, Viewer
from .....core.web import (
    Page,
    asked_place,
    hidden_notice,
    paged,
    permitted,
    this_node,
)
from ...pages import blueprint
from .. import queries
from ..access import SEE, post_to_read, viewer_id
from ..models import Post
from ..queries import Place, Shown
from ..rules import pieces, tag_form

SIZE = 20

blueprint.add_app_template_filter(pieces, "post_pieces")


def page_of(session: Session, posts: Sequence[Post]) -> Page[Shown]:
    """Return a page of posts from up to ``SIZE + 1`` of them."""
    drawn = queries.shown(session, posts[:SIZE], viewer_id())
    last = str(queries.place_of(posts[SIZE - 1])) if len(posts) > SIZE else None
    page = paged(posts, SIZE, last)
    return Page(drawn, page.next_url, page.first_url)


def asked_after() -> Place | None:
    """Return where in a list of posts the request goes on."""
    return Place.read(asked_place())


@blueprint.get("/posts")
@permitted(SEE, alike=True)
def posts() -> Any:
    """Show what everyone may read, the newest first."""
    with this_node().db.read() as session:
        rows = queries.public_posts(
            session, after=asked_after(), limit=SIZE + 1, viewer_id=viewer_id()
        )
        return render_template("feed/posts/posts.html", page=page_of(session, rows))


@blueprint.get("/tags/<tag>")
@permitted(SEE)
def tag(tag: str) -> Any:
    """Show what the viewer may read under a tag."""
    name = tag_form(tag)[:40]
    with this_node().db.read() as session:
        rows = queries.posts_tagged(session, name, viewer_id(), after=asked_after(), limit=SIZE + 1)
        return render_template("feed/posts/tag.html", tag=name, page=page_of(session, rows))


@blueprint.get("/posts/<int:post_id>/history")
@permitted(SEE)
def post_history(post_id: int) -> Any:
    """Show how a post read before, to whoever may read it."""
    with this_node().db.read() as session:
        post = post_to_read(session, post_id)
        if post.hidden_at is not None and post.author_id != viewer_id():
            return hidden_notice(session, f"post:{post_id}")
        editions = queries.editions_of(session, post_id)
        return render_template("feed/posts/history.html", post=post, editions=editions)


def home_news(session: Session, viewer: Viewer | None) -> list[Section]:
    """Return the newest posts for the home page."""
    me = viewer.id if viewer else None
    rows = queries.public_posts(session, limit=3, viewer_id=me)
    if not rows:
        return []
    drawn = queries.shown(session, rows, me)
    title = Message("From neighbours", {})
    return [Section("feed/posts/home.html", {"posts": drawn}, order=45, title=title)]
