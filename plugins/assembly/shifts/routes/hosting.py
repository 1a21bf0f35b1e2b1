"""Shifts as those who host a hub make and change them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import Form, allow, permitted, this_node, told
from .....core.web.moments import typed_moment
from ...cycles import queries as cycles
from ...cycles.queries import HubPage
from ...cycles.routes.access import RUN, me, tell, zone
from ...pages import blueprint
from .. import actions, queries
from ..queries import AnyRow
from ..rules import Plan
from ..schemas import ShiftForm


def _own_hub(session: Session, slug: str) -> HubPage:
    hub = cycles.hub_page(session, slug)
    allow(RUN, hub.id)
    return hub


@blueprint.route("/hubs/<slug>/shifts/new", methods=["GET", "POST"])
@permitted(RUN)
def new_shift(slug: str) -> Any:
    """Ask for helpers; it begins with the hours of the next round."""
    node = this_node()
    with node.db.read() as session:
        hub = _own_hub(session, slug)
        rounds = queries.rounds_to_choose(session, hub.id)
    form = Form(ShiftForm(zone()), _usual(rounds))
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.make(node, session, hub.id, _plan(form), actor_id=me().id)
            told("Your neighbours can sign up now.")
            return redirect(url_for("assembly.shifts", slug=slug))
        except WizzleError as error:
            form.failed(error)
    return _page(hub, None, form, rounds)


def _usual(rounds: Any) -> dict[str, Any]:
    asked = request.args.get("round", "")
    chosen = [row for row in rounds if str(row.id) == asked] or list(rounds[:1])
    if not chosen:
        return {"places": 2}
    row = chosen[0]
    return {
        "places": 2,
        "cycle_id": row.id,
        "starts_at": typed_moment(row.collect_from, zone()),
        "ends_at": typed_moment(row.collect_until, zone()),
    }


def _plan(form: Form) -> Plan:
    typed = {name: value for name, value in form.data.items() if name != "version"}
    return Plan(**typed)


@blueprint.route("/shifts/<int:shift_id>/edit", methods=["GET", "POST"])
@permitted(RUN)
def edit_shift(shift_id: int) -> Any:
    """Change a shift."""
    node = this_node()
    with node.db.read() as session:
        row = _own_shift(session, shift_id)
        hub = cycles.hub_page(session, row.hub_slug)
        rounds = queries.rounds_to_choose(session, row.hub_id)
    initial = {name: getattr(row, name) for name in ("title", "places", "remark", "version")}
    times = {name: typed_moment(getattr(row, name), zone()) for name in ("starts_at", "ends_at")}
    form = Form(ShiftForm(zone()), {**initial, **times, "cycle_id": row.cycle_id or ""})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.change(
                    node, session, shift_id, _plan(form),
                    version=form.data["version"], actor_id=me().id,
                )  # fmt: skip
            told("Saved.")
            return redirect(url_for("assembly.shifts", slug=row.hub_slug))
        except WizzleError as error:
            form.failed(error)
    return _page(hub, row, form, rounds)


def _page(hub: HubPage, row: AnyRow | None, form: Form, rounds: Any) -> Any:
    page = render_template(
        "assembly/shifts/form.html", hub=hub, shift=row, form=form,
        rounds=[(each.id, each.title) for each in rounds],
    )  # fmt: skip
    return page, form.status


def _own_shift(session: Session, shift_id: int) -> AnyRow:
    row = queries.shift_page(session, shift_id)
    allow(RUN, row.hub_id)
    return row


@blueprint.post("/shifts/<int:shift_id>/call-off")
@permitted(RUN)
def call_off_shift(shift_id: int) -> Response:
    """Call a shift off."""
    node = this_node()
    with node.db.read() as session:
        row = _own_shift(session, shift_id)
    with node.db.write() as session:
        actions.call_off(node, session, shift_id, actor_id=me().id)
    told("The shift is called off, and everyone who wanted to help is told.")
    return redirect(url_for("assembly.shifts", slug=row.hub_slug))


@blueprint.post("/hubs/<slug>/shifts/copy")
@permitted(RUN)
def copy_shifts(slug: str) -> Response:
    """Make the same shifts for a round as the last one had."""
    node = this_node()
    with node.db.read() as session:
        hub = _own_hub(session, slug)
    text = request.form.get("round", "")
    try:
        with node.db.write() as session:
            made = actions.copy_last(node, session, hub.id, _number(text), actor_id=me().id)
        told("Shifts made as last time: %(num)s", num=made)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("assembly.shifts", slug=slug))


def _number(text: str) -> int:
    """Return a typed number; one that cannot be read is no round's."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
