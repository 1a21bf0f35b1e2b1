"""Pages of those who write: somebody's public page, a circle, what mentions a shop."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, url_for
from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.errors import NotFound
from .....core.node import Node
from .....core.values import SpaceFace, Viewer
from .....core.web import (
    atom,
    hidden_notice,
    outside_url,
    permitted,
    this_node,
    this_tongue,
    told,
)
from ...circles import actions as circle_actions
from ...circles import queries as circles
from ...circles.access import MEET, SEE, my_id, viewer_id
from ...pages import blueprint
from ...posts import actions as post_actions
from ...posts import queries as posts
from ...posts.routes.reading import SIZE, asked_after, page_of
from ...posts.rules import title_of

MOST = 40
"""Entries in a feed."""


@blueprint.get("/people/<handle>")
@permitted(SEE)
def person(handle: str) -> Any:
    """Show somebody's public page with what the viewer may read of them."""
    me = viewer_id()
    with this_node().db.read() as session:
        found = circles.profile_page(session, handle.lower()[:30], me)
        page, portrait = found
        if page.hidden_at is not None and page.person_id != me:
            return hidden_notice(session, f"person:{page.person_id}")
        rows = posts.posts_by(session, page.person_id, me, after=asked_after(), limit=SIZE + 1)
        tie = circles.tie_to(session, me, page.person_id) if me else ""
        return render_template(
            "feed/timeline/person.html",
            person=page, portrait=portrait, page=page_of(session, rows), tie=tie,
        )  # fmt: skip


@blueprint.get("/people/<handle>.atom")
@permitted(SEE, alike=True)
def person_feed(handle: str) -> Response:
    """Send somebody's public posts to programs."""
    node = this_node()
    with node.db.read() as session:
        page = circles.profile_page(session, handle.lower()[:30], None)[0]
        if page.hidden_at is not None:
            raise NotFound("There is no such page here, or it was closed.")
        rows = posts.public_posts_of(session, page.person_id, limit=MOST)
        head = atom.Head(
            url=outside_url("feed.person_feed", handle=page.handle),
            page_url=outside_url("feed.person", handle=page.handle),
            title=f"{page.name} · {node.settings.node.name}", author=page.name,
            language=this_tongue().language,
        )  # fmt: skip
        items = [
            atom.Item(
                id=outside_url("feed.post", post_id=post.id),
                title=title_of(post.text) or page.name,
                url=outside_url("feed.post", post_id=post.id),
                at=post.edited_at or post.published_at or post.created_at,
                text=post.text,
            )
            for post in rows
        ]
    return Response(atom.written(head, items), content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")


@blueprint.get("/circles/<int:circle_id>")
@permitted(MEET)
def circle(circle_id: int) -> Any:
    """Show a circle to its people: what they wrote for each other."""
    with this_node().db.read() as session:
        found = circles.circle_page(session, circle_id, my_id())
        rows = (
            posts.posts_in(session, circle_id, my_id(), after=asked_after(), limit=SIZE + 1)
            if found.accepted_at
            else ()
        )
        return render_template(
            "feed/timeline/circle.html",
            circle=found.Circle, accepted=found.accepted_at, page=page_of(session, rows),
            leads=found.Circle.owner_id == my_id(),
        )  # fmt: skip


@blueprint.post("/circles/<int:circle_id>/accept")
@permitted(MEET)
def accept_circle(circle_id: int) -> Any:
    """Come into a circle; what was written in it before is found by who comes from now on."""
    node = this_node()
    with node.db.write() as session:
        circle_actions.accept(node, session, circle_id, my_id())
        post_actions.circle_grew(session, circle_id)
    told("Welcome to the circle!")
    return redirect(url_for("feed.circle", circle_id=circle_id))


def on_space(
    node: Node, session: Session, viewer: Viewer | None, space: SpaceFace
) -> list[Section]:
    """Return what neighbours wrote about a page, for that page."""
    me = viewer.id if viewer else None
    rows = posts.posts_about(session, f"space:{space.id}", me, limit=3)
    if not rows:
        return []
    drawn = posts.shown(session, rows, me)
    return [Section("feed/timeline/about.html", {"posts": drawn}, order=70)]


def person_url(handle: str) -> str:
    """Return the path of a public page."""
    return url_for("feed.person", handle=handle)
