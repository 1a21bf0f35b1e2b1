"""Who follows from elsewhere: the page of somebody, or of those who run a space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ....core.addresses import host_of
from ....core.answers import Rule, Section
from ....core.errors import NotFound, WizzleError
from ....core.models import Space
from ....core.node import Node
from ....core.values import STEWARD, Viewer
from ....core.web import allow, asked_number, paged, permitted, this_member, this_node, told
from ...pages import ID, blueprint
from ...trust.queries import spaces, voices
from ...trust.rules import handles
from .. import queries
from ..actions import deciding
from ..actions.authors import TOWN, profile_of

OWN, SPACE = "federation.audience", "federation.audience.space"
TOWN_RULE = "federation.audience.town"
RULES = (
    Rule(OWN, members=True),
    Rule(SPACE, roles=frozenset({"owner", STEWARD})),
    Rule(TOWN_RULE, roles=frozenset({STEWARD})),
)
SIZE = 30


def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    """Say to somebody whom others may know that they can see who follows."""
    profile = profile_of(node, session, f"person:{viewer.id}")
    if profile is None:
        return []
    count = queries.listener_count(session, profile.subject)
    asked = len(queries.listeners(session, profile.subject, queries.ASKED, limit=100))
    host = host_of(node.settings.node.address)
    given = {"name": f"@{profile.handle}@{host}", "count": count, "asked": asked}
    return [Section("federation/public/mine.html", given, order=70)]


MY_SECTIONS = my_sections


@blueprint.get("/me/audience")
@permitted(OWN)
def my_audience() -> Any:
    """Show somebody who follows them from elsewhere."""
    return _page(f"person:{this_member().id}", None)


@blueprint.get("/spaces/<slug>/audience")
@permitted(SPACE)
def space_audience(slug: str) -> Any:
    """Show those who run a space who follows it from elsewhere."""
    space_id = _space(slug)
    return _page(f"space:{space_id}", slug)


@blueprint.post(f"/me/audience/<{ID}:listener_id>/<step>")
@permitted(OWN)
def my_audience_step(listener_id: int, step: str) -> Response:
    """Let somebody in, or turn them away."""
    _step(f"person:{this_member().id}", listener_id, step)
    return redirect(url_for("federation.my_audience"))


@blueprint.post(f"/spaces/<slug>/audience/<{ID}:listener_id>/<step>")
@permitted(SPACE)
def space_audience_step(slug: str, listener_id: int, step: str) -> Response:
    """Let somebody in, or turn them away, for a space."""
    _step(f"space:{_space(slug)}", listener_id, step)
    return redirect(url_for("federation.space_audience", slug=slug))


@blueprint.post("/me/audience/choice")
@permitted(OWN)
def my_audience_choice() -> Response:
    """Choose whether who wants to follow waits."""
    _choose(f"person:{this_member().id}")
    return redirect(url_for("federation.my_audience"))


@blueprint.post("/spaces/<slug>/audience/choice")
@permitted(SPACE)
def space_audience_choice(slug: str) -> Response:
    """Choose the same for a space."""
    _choose(f"space:{_space(slug)}")
    return redirect(url_for("federation.space_audience", slug=slug))


@blueprint.get("/admin/audience")
@permitted(TOWN_RULE)
def town_audience() -> Any:
    """Show stewards who follows the neighbourhood from elsewhere."""
    return _page(TOWN, None)


@blueprint.post(f"/admin/audience/<{ID}:listener_id>/<step>")
@permitted(TOWN_RULE)
def town_audience_step(listener_id: int, step: str) -> Response:
    """Let somebody in, or turn them away, for the neighbourhood."""
    _step(TOWN, listener_id, step)
    return redirect(url_for("federation.town_audience"))


@blueprint.post("/admin/audience/choice")
@permitted(TOWN_RULE)
def town_audience_choice() -> Response:
    """Choose the same for the neighbourhood."""
    _choose(TOWN)
    return redirect(url_for("federation.town_audience"))


def _space(slug: str) -> int:
    """Return the id of a space that the viewer speaks for."""
    with this_node().db.read() as session:
        found = spaces.by_slug(session, slug)
    if found is None:
        raise NotFound("There is no such page.")
    allow(SPACE, found.id)
    return found.id


def _page(author: str, slug: str | None) -> Any:
    with this_node().db.read() as session:
        title, name = _named(session, author)
        rows = queries.listeners(
            session, author, queries.FOLLOWING, after=asked_number() or 0, limit=SIZE + 1
        )
        last = str(rows[:SIZE][-1].id) if rows else None
        return render_template(
            "federation/public/audience.html", page=paged(list(rows), SIZE, last), title=title,
            name=name, slug=slug, town=author == TOWN, by_hand=voices.by_hand(session, author),
            asked=queries.listeners(session, author, queries.ASKED, limit=SIZE),
            answered=queries.answered(session, author),
            count=queries.listener_count(session, author),
        )  # fmt: skip


def _named(session: Session, author: str) -> tuple[str, str]:
    """Return what an author is called here, and by which name others find it ("" if by none)."""
    node, host = this_node(), host_of(this_node().settings.node.address)
    if author == TOWN:
        return node.settings.node.name, f"@{handles.TOWN}@{host}"
    if author.startswith("person:"):
        profile = profile_of(node, session, author)
        return "", f"@{profile.handle}@{host}" if profile else ""
    space = session.get_one(Space, int(author.partition(":")[2]))
    return space.name, f"@{handles.handle_of(space.slug, space.id)}@{host}"


def _step(author: str, listener_id: int, step: str) -> None:
    steps = {"let-in": deciding.let_in, "turn-away": deciding.turn_away}
    if step not in steps:
        raise NotFound("There is no such page.")
    node = this_node()
    try:
        with node.db.write() as session:
            steps[step](node, session, author, listener_id, person_id=this_member().id)
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
    else:
        _say_done(step)


def _say_done(step: str) -> None:
    if step == "let-in":
        told("They follow now.")
    else:
        told("They do not follow any more.")


def _choose(author: str) -> None:
    node, by_hand = this_node(), request.form.get("by_hand") == "yes"
    with node.db.write() as session:
        deciding.choose(node, session, author, by_hand=by_hand, person_id=this_member().id)
    if by_hand:
        told("Who wants to follow waits now until you let them in.")
    else:
        told("Everyone can follow at once now.")
