"""What a steward does for those who run a seller's page and want no password: an account, and a
link or a code with which they come in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ...auth import accounts, codes, entry
from ...auth.entry import Newcomer
from ...auth.stewardship import the_person
from ...errors import NotFound, WizzleError
from ...models import Space
from .. import letters
from ..forms import Form
from ..page import can, outside_url, permitted, this_member, this_node, told
from ..schemas import Newcomer as NewcomerForm
from .base import blueprint
from .space_edit import the_space

WAY_IN = "core.space.way_in"


def ways_to(session: Session, space: Space, people: Collection[int]) -> set[int] | None:
    """Return who of these people has a link or code that still works; None if the viewer makes
    none here."""
    if space.kind not in entry.SELLERS or not can(WAY_IN, space.id):
        return None
    now = this_node().clock.now()
    return {found[0] for found in codes.waiting(session, people, entry.WAYS, at=now)}


@blueprint.route("/spaces/<slug>/people/new", methods=["GET", "POST"])
@permitted(WAY_IN)
def welcome(slug: str) -> Any:
    """Make an account for somebody who is to run the page."""
    with this_node().db.read() as session:
        space = the_space(session, slug, WAY_IN)
    form = Form(NewcomerForm())
    if form.submitted():
        try:
            person_id = _welcome(slug, form.data)
            told("%(name)s can run this page now.", name=form.data["name"])
            return redirect(url_for("core.way_in", slug=slug, person_id=person_id))
        except WizzleError as error:
            form.failed(error)
    return render_template("core/welcome.html", space=space, form=form), form.status


def _welcome(slug: str, typed: dict[str, Any]) -> int:
    node = this_node()
    newcomer = Newcomer(**typed, language=node.catalogues.languages[0])
    nobodys = accounts.hashed(node, node.random.token())
    with node.db.write() as session:
        space = the_space(session, slug, WAY_IN)
        person = entry.welcome(session, node, this_member(), space, newcomer, password_hash=nobodys)
        return person.id


@blueprint.route("/spaces/<slug>/people/<int:person_id>/way-in", methods=["GET", "POST"])
@permitted(WAY_IN)
def way_in(slug: str, person_id: int) -> Any:
    """Make a link or a code and show it this one time; only its hash is kept."""
    made: dict[str, str] = {}
    form = request.form.get("way", "")
    problem = None
    if request.method == "POST":
        try:
            made = _made(slug, person_id, form)
        except NotFound:
            raise
        except WizzleError as error:
            problem = error
    with this_node().db.read() as session:
        space = the_space(session, slug, WAY_IN)
        person = the_person(session, person_id)
        now = this_node().clock.now()
        open_ = codes.waiting(session, [person_id], entry.WAYS, at=now)
        page = render_template(
            "core/way_in.html", space=space, person=person, made=made, problem=problem,
            waiting=[(way, until) for _, way, until in open_],
        )  # fmt: skip
    return page, problem.status if problem else 200


def _made(slug: str, person_id: int, way: str) -> dict[str, str]:
    node, viewer = this_node(), this_member()
    with node.db.write() as session:
        space = the_space(session, slug, WAY_IN)
        if way == "code":
            person, code = entry.make_code(session, node, viewer, space, person_id)
            key = f"way-in:{person.id}:{node.clock.now().isoformat()}"
            letters.send_way_in_made(session, person, key=key)
            return {"code": entry.shown_code(code), "url": outside_url("core.enter_code")}
        person, token = entry.make_link(session, node, viewer, space, person_id)
        letters.send_way_in(session, person, token)
        return {"link": outside_url("core.come_in", token=token)}


@blueprint.post("/spaces/<slug>/people/<int:person_id>/way-in/end")
@permitted(WAY_IN)
def end_ways_in(slug: str, person_id: int) -> Response:
    """Make every link and code of a person stop working."""
    node = this_node()
    with node.db.write() as session:
        space = the_space(session, slug, WAY_IN)
        entry.end_ways(session, node, this_member(), space, person_id)
    told("Links and codes made so far do not work any more.")
    return redirect(url_for("core.way_in", slug=slug, person_id=person_id))
