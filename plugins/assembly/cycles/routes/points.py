"""The further hubs at which a round is collected, chosen while it is a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import Invalid, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_node, told
from .....core.web.moments import read_moment, typed_moment
from ...pages import blueprint
from .. import actions, queries
from ..actions import Opening
from ..queries import AnyRow
from ..rules import State
from ..schemas import Empty
from .access import RUN, me, own_cycle, zone


@blueprint.route("/rounds/<int:cycle_id>/hubs", methods=["GET", "POST"])
@permitted(RUN)
def points(cycle_id: int) -> Any:
    """Choose the hubs at which the round can be collected besides the own one, with their hours."""
    node = this_node()
    with node.db.read() as session:
        cycle = own_cycle(session, cycle_id)
        chosen = queries.points_of(session, cycle_id)
        others = [hub for hub in queries.hubs(session) if hub.id != cycle.hub_id]
    form = Form(Empty(), _initial(cycle, others, chosen))
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.choose_points(node, session, cycle_id, _openings(), actor_id=me().id)
            told("Saved.")
            return redirect(url_for("assembly.desk", cycle_id=cycle_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "assembly/cycles/points.html",
        cycle=cycle, hubs=others, form=form, ticked=_ticked(form),
        changeable=cycle.state == State.DRAFT,
    )  # fmt: skip
    return page, form.status


def _initial(cycle: AnyRow, hubs: Any, chosen: Any) -> dict[str, Any]:
    """Return what the form begins with: the hours of the round for hubs that are not chosen yet."""
    known = {point.hub_id: point for point in chosen}
    values: dict[str, Any] = {"hub": [str(hub_id) for hub_id in known]}
    for hub in hubs:
        at = known.get(hub.id, cycle)
        values[f"from-{hub.id}"] = typed_moment(at.collect_from, zone())
        values[f"until-{hub.id}"] = typed_moment(at.collect_until, zone())
    return values


def _ticked(form: Form) -> set[str]:
    found = form.values.get("hub", [])
    return {found} if isinstance(found, str) else set(found)


def _openings() -> dict[int, Opening]:
    wrong: dict[str, list[Message]] = {}
    found: dict[int, Opening] = {}
    for text in request.form.getlist("hub"):
        if not (text.isdecimal() and text.isascii() and len(text) < 10):
            continue
        hours: dict[str, datetime] = {}
        for name in ("from", "until"):
            at = read_moment(request.form.get(f"{name}-{text}", ""), zone())
            if at is None:
                wrong[f"{name}-{text}"] = [Message("Please enter a day and a time.", {})]
            else:
                hours[name] = at
        if len(hours) == 2:
            found[int(text)] = Opening(hours["from"], hours["until"])
    if wrong:
        raise Invalid(wrong)
    return found
