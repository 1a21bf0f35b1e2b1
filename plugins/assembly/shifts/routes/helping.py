"""Shifts of a hub as neighbours see them: taking a place, leaving it, handing it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.answers import Rule
from .....core.errors import WizzleError
from .....core.node import Node
from .....core.web import Form, can, permitted, say, this_node, this_viewer, told
from ...cycles import queries as cycles
from ...cycles.routes.access import RUN, SEE, me, tell
from ...pages import blueprint
from .. import actions, queries
from ..schemas import TakeForm

HELP = "assembly.shift.help"
RULES = (Rule(HELP, members=True),)

Step = Callable[[Node, Session, int, int], None]


@blueprint.get("/hubs/<slug>/shifts")
@permitted(SEE)
def shifts(slug: str) -> Any:
    """Show what helpers are looked for, and to hosts who comes."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        hub = cycles.hub_page(session, slug)
        runs = can(RUN, hub.id)
        rows = queries.coming_shifts(
            session, node.clock.now(), hub_id=hub.id, person_id=viewer.id if viewer else None
        )
        helpers = queries.helpers_of(session, [row.id for row in rows]) if runs else {}
        rounds = queries.rounds_to_choose(session, hub.id) if runs else ()
    return render_template(
        "assembly/shifts/shifts.html",
        hub=hub, shifts=rows, helpers=helpers, runs=runs, rounds=rounds, now=node.clock.now(),
    )  # fmt: skip


@blueprint.route("/shifts/<int:shift_id>", methods=["GET", "POST"])
@permitted(HELP)
def shift(shift_id: int) -> Any:
    """Take a place: a free one, or with ``instead`` the one that somebody looks to hand on."""
    node, viewer = this_node(), me()
    form = Form(TakeForm())
    if form.submitted():
        try:
            if not form.data["agree"]:
                form.errors["agree"] = [_must_agree()]
            else:
                _do(actions.swap if request.form.get("instead") else actions.take, shift_id)
                told("Thank you! You have a place. We write to you the evening before.")
                return _back(shift_id)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        row = queries.shift_page(session, shift_id, viewer.id)
    page = render_template("assembly/shifts/shift.html", shift=row, form=form, now=node.clock.now())
    return page, form.status


def _must_agree() -> str:
    return say("Those who host have to know who comes and how to reach you. Please tick it.")


def _do(step: Step, shift_id: int) -> None:
    node = this_node()
    with node.db.write() as session:
        step(node, session, shift_id, me().id)


@blueprint.post("/shifts/<int:shift_id>/leave")
@permitted(HELP)
def leave_shift(shift_id: int) -> Response:
    """Give one's place back."""
    try:
        _do(actions.leave, shift_id)
        told("Your place is free again. Thank you for saying so.")
    except WizzleError as error:
        tell(error)
    return _back(shift_id)


@blueprint.post("/shifts/<int:shift_id>/offer")
@permitted(HELP)
def offer_shift(shift_id: int) -> Response:
    """Look for somebody to take one's place, or keep it after all."""
    node, offered = this_node(), request.form.get("offered") == "yes"
    try:
        with node.db.write() as session:
            actions.offer(node, session, shift_id, me().id, offered=offered)
        if offered:
            told("The page says now that you look for somebody. Until then the place is yours.")
        else:
            told("The place stays yours.")
    except WizzleError as error:
        tell(error)
    return _back(shift_id)


def _back(shift_id: int) -> Response:
    with this_node().db.read() as session:
        slug = queries.shift_page(session, shift_id).hub_slug
    return redirect(url_for("assembly.shifts", slug=slug, _anchor=f"s{shift_id}"))
