"""The dates of an event as those who hold it change them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from .....core.web.moments import typed_moment
from ...pages import blueprint
from .. import actions
from ..access import HOLD, own_date, own_event
from ..schemas import MoveForm, SpanForm, span_of
from .times import tell, zone


@blueprint.route("/events/<int:event_id>/dates/new", methods=["GET", "POST"])
@permitted(HOLD)
def new_date(event_id: int) -> Any:
    """Let an event take place once more."""
    node = this_node()
    with node.db.read() as session:
        row = own_event(session, event_id)
    form = Form(SpanForm(zone()))
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.add_date(
                    node, session, event_id, span_of(form.data), actor_id=this_member().id
                )
            told("The date is added.")
            return redirect(url_for("locality.event", event_id=event_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("locality/events/move.html", event=row, date=None, form=form)
    return page, form.status


@blueprint.route("/dates/<int:occurrence_id>/move", methods=["GET", "POST"])
@permitted(HOLD)
def move_date(occurrence_id: int) -> Any:
    """Let one date take place at another time or elsewhere."""
    node = this_node()
    with node.db.read() as session:
        row = own_date(session, occurrence_id)
    form = Form(
        MoveForm(zone()),
        {
            "starts_at": typed_moment(row.starts_at, zone()),
            "ends_at": typed_moment(row.ends_at, zone()),
            "place": row.place or row.event_place,
            "revision": row.revision,
        },
    )
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.move(
                    node, session, occurrence_id, span_of(form.data), form.data["place"],
                    revision=form.data["revision"], actor_id=this_member().id,
                )  # fmt: skip
            told("It is moved, and everyone who wants to come is told.")
            return redirect(url_for("locality.event", event_id=row.event_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("locality/events/move.html", event=row, date=row, form=form)
    return page, form.status


@blueprint.post("/dates/<int:occurrence_id>/call-off")
@permitted(HOLD)
def call_off_date(occurrence_id: int) -> Response:
    """Call one date off."""
    node = this_node()
    with node.db.read() as session:
        row = own_date(session, occurrence_id)
    reason = request.form.get("reason", "")[:200]
    try:
        with node.db.write() as session:
            actions.call_off(node, session, occurrence_id, reason, actor_id=this_member().id)
        told("It is called off, and everyone who wanted to come is told.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("locality.event", event_id=row.event_id))
