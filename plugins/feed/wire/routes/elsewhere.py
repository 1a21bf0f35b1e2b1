"""Following people, shops and groups on other nodes, and reading what they made public."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from .....core import follows
from .....core.errors import NotFound, WizzleError
from .....core.web import (
    Form,
    asked_number,
    hidden_notice,
    paged,
    permitted,
    this_member,
    this_node,
    told,
)
from ...pages import blueprint
from .. import queries
from ..actions import following, thanking
from ..models import Copy, Neighbour
from ..schemas import NameForm
from .access import READ


@blueprint.route("/elsewhere", methods=["GET", "POST"])
@permitted(READ)
def elsewhere() -> Any:
    """Show whom the viewer follows elsewhere, and follow one more by the whole name."""
    node, viewer, form = this_node(), this_member(), Form(NameForm())
    if form.submitted():
        try:
            found = following.find(node, viewer.id, form.data["name"])  # no transaction is open
            with node.db.write() as session:
                row_id = following.follow(node, session, viewer.id, found).id
            told("You follow %(name)s now. What is new comes to you.", name=found.name)
            return redirect(url_for("feed.elsewhere_actor", neighbour_id=row_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        ids = queries.ids_of(follows.subjects_of(session, viewer.id))
        rows = queries.neighbours(session, ids)
        connected = node.hooks.peers(node=node, session=session) is not None
    return render_template(
        "feed/wire/elsewhere.html", form=form, rows=rows, connected=connected
    ), form.status


@blueprint.get("/elsewhere/<int(max=2147483647):neighbour_id>")
@permitted(READ)
def elsewhere_actor(neighbour_id: int) -> Any:
    """Show somebody on another node and what of theirs has come here."""
    with this_node().db.read() as session:
        row = session.get(Neighbour, neighbour_id)
        if row is None or row.state == "ended":
            raise NotFound("Nobody here follows this any more.")
        copies = queries.copies(session, row.id, before=asked_number("before"))
        last = str(copies[: queries.SIZE][-1].id) if copies else None
        page = paged(list(copies), queries.SIZE, last, "before")
        return render_template("feed/wire/actor.html", actor=row, page=page)


@blueprint.get("/elsewhere/things/<int(max=2147483647):copy_id>")
@permitted(READ)
def elsewhere_thing(copy_id: int) -> Any:
    """Show the copy of something elsewhere, with its age and where it is at home."""
    with this_node().db.read() as session:
        copy = session.get(Copy, copy_id)
        if copy is None:
            raise NotFound("This is not there any more.")
        if copy.hidden_at is not None:
            return hidden_notice(session, f"copy:{copy.id}")
        actor = session.get_one(Neighbour, copy.neighbour_id)
        # It was cleaned when it came in, and holds nothing but a few tags without attributes.
        html = Markup(copy.html)  # noqa: S704
        viewer = this_member()
        return render_template(
            "feed/wire/thing.html", copy=copy, actor=actor, html=html,
            said=queries.answers_of(session, viewer.id, copy.id),
            known=queries.presence(session, viewer.id),
        )  # fmt: skip


@blueprint.post("/elsewhere/things/<int(max=2147483647):copy_id>/<kind>")
@permitted(READ)
def elsewhere_answer(copy_id: int, kind: str) -> Response:
    """Thank for something elsewhere or pass it on, or take that back."""
    if kind not in (thanking.LIKE, thanking.SHARE):
        raise NotFound("There is no such page.")
    step = thanking.take_back if request.form.get("back") == "yes" else thanking.answer
    node = this_node()
    try:
        with node.db.write() as session:
            step(node, session, this_member().id, copy_id, kind)
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
    return redirect(url_for("feed.elsewhere_thing", copy_id=copy_id))
