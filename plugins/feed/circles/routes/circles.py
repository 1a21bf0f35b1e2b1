"""Circles: those one is in, a new one, who is in one, and the ways in and out."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_node, this_tongue, told
from ...pages import blueprint
from .. import actions, queries
from ..access import MEET, my_id
from ..schemas import CircleForm, InviteForm


def tell(error: WizzleError) -> None:
    """Say on the next page why something could not be done."""
    told(this_tongue().say(error.message), "problem")


@blueprint.get("/circles")
@permitted(MEET)
def circles() -> Any:
    """List one's circles, and those to which one is invited."""
    with this_node().db.read() as session:
        rows = queries.circles_of(session, my_id())
        faces = queries.faces_of(session, {row.invited_by for row in rows if row.invited_by})
    return render_template("feed/circles/circles.html", circles=rows, faces=faces, me=my_id())


@blueprint.route("/circles/new", methods=["GET", "POST"])
@permitted(MEET)
def new_circle() -> Any:
    """Begin a circle."""
    node = this_node()
    form = Form(CircleForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                made = actions.make(node, session, my_id(), **form.data)
            told("Your circle is there. Now invite the first neighbours.")
            return redirect(url_for("feed.circle_people", circle_id=made.id))
        except WizzleError as error:
            form.failed(error)
    return render_template("feed/circles/form.html", form=form, circle=None), form.status


@blueprint.route("/circles/<int:circle_id>/edit", methods=["GET", "POST"])
@permitted(MEET)
def edit_circle(circle_id: int) -> Any:
    """Change what a circle is called."""
    node = this_node()
    with node.db.read() as session:
        circle = queries.circle_page(session, circle_id, my_id()).Circle
    form = Form(CircleForm(), {"name": circle.name, "words": circle.words})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.change(session, circle_id, my_id(), **form.data)
            return redirect(url_for("feed.circle", circle_id=circle_id))
        except WizzleError as error:
            form.failed(error)
    return render_template("feed/circles/form.html", form=form, circle=circle), form.status


@blueprint.route("/circles/<int:circle_id>/people", methods=["GET", "POST"])
@permitted(MEET)
def circle_people(circle_id: int) -> Any:
    """Show who is in a circle; who leads it invites others."""
    node = this_node()
    form = Form(InviteForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.invite(node, session, circle_id, my_id(), form.data["who"])
            told("The invitation is on its way. They decide whether they come.")
            return redirect(url_for("feed.circle_people", circle_id=circle_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        found = queries.circle_page(session, circle_id, my_id())
        people = queries.members_of(session, circle_id) if found.accepted_at else ()
    page = render_template(
        "feed/circles/people.html", circle=found.Circle, accepted=found.accepted_at, people=people,
        form=form, me=my_id(), leads=found.Circle.owner_id == my_id(),
    )  # fmt: skip
    return page, form.status


@blueprint.post("/circles/<int:circle_id>/leave")
@permitted(MEET)
def leave_circle(circle_id: int) -> Response:
    """Leave a circle, or decline to come."""
    with this_node().db.write() as session:
        queries.circle_page(session, circle_id, my_id())
        actions.leave(session, circle_id, my_id())
    told("You are not in this circle any more.")
    return redirect(url_for("feed.circles"))


@blueprint.post("/circles/<int:circle_id>/remove")
@permitted(MEET)
def remove_from_circle(circle_id: int) -> Response:
    """Take somebody out of a circle."""
    who = request.form.get("person", "")
    number = int(who) if who.isascii() and who.isdecimal() and len(who) < 10 else 0
    try:
        with this_node().db.write() as session:
            actions.remove(session, circle_id, my_id(), number)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("feed.circle_people", circle_id=circle_id))


@blueprint.post("/circles/<int:circle_id>/dissolve")
@permitted(MEET)
def dissolve_circle(circle_id: int) -> Response:
    """End a circle."""
    with this_node().db.write() as session:
        actions.dissolve(session, circle_id, my_id())
    told("The circle is dissolved. What was written in it is each author's alone now.")
    return redirect(url_for("feed.circles"))
