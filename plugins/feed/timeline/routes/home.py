"""One's timeline."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from .....core.answers import MenuItem, Section
from .....core.values import Message, Viewer
from .....core.web import paged, permitted, say, this_node
from ...circles.access import SEE, viewer_id
from ...circles.queries import circles_of, profile_of
from ...pages import blueprint
from .. import queries
from ..queries import LATEST, Line

SIZE = 30
PATHS = (
    "/posts",
    "/collections",
    "/circles",
    "/people",
    "/tags",
    "/weekly",
    "/curators",
    "/elsewhere",
)
MENU = MenuItem("Feed", "feed.timeline", icon="talk", order=30, action=SEE, also=PATHS)


@blueprint.get("/feed")
@permitted(SEE)
def timeline() -> Any:
    """Show what is new of all that one follows; strangers see what everyone may read."""
    me = viewer_id()
    if me is None:
        return redirect(url_for("feed.posts"))
    with this_node().db.read() as session:
        found = queries.timeline(session, me, before=asked_before(), size=SIZE)
        has_page = profile_of(session, me) is not None
        after = str(found.next) if found.next else None
        page = paged([None] * (SIZE + 1 if after else 0), SIZE, after)
        return render_template(
            "feed/timeline/timeline.html", lines=found.lines, page=page, has_page=has_page
        )


def asked_before() -> int:
    """Return the position at which the request goes on; nonsense means the beginning."""
    typed = request.args.get("after", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else LATEST


@blueprint.app_template_global("why_shown")
def why_shown(line: Line, me: int) -> str:
    """Return in words why a line stands in the timeline."""
    kind, _, name = line.why.partition(":")
    if line.why == f"person:{me}":
        return say("You wrote this")
    if kind == "tag":
        return say("You follow #%(tag)s", tag=name)
    if kind == "circle":
        return say("From your circle %(name)s", name=line.name)
    if kind == "space":
        return say("You follow %(name)s", name=line.name)
    if kind == "person" and line.post is not None:
        return say("You follow %(name)s", name=line.post.author.name)
    return say("You follow this")


def on_home(session: Session, viewer: Viewer | None) -> list[Section]:
    """Return the newest of one's own timeline for the home page."""
    if viewer is None:
        return []
    found = queries.timeline(session, viewer.id, size=3)
    if not found.lines:
        return []
    title = Message("What is new for you", {})
    context = {"lines": found.lines, "viewer": viewer}
    return [Section("feed/timeline/home.html", context, order=44, title=title)]


def on_my_page(session: Session, viewer: Viewer) -> list[Section]:
    """Return the ways to what one writes and with whom, for one's own page."""
    page = profile_of(session, viewer.id)
    invited = [row for row in circles_of(session, viewer.id) if row.accepted_at is None]
    context = {"page": page, "invited": invited}
    return [Section("feed/timeline/mine.html", context, order=40)]
