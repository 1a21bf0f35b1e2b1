"""Weighing at a table with a phone: a product at a time, a field for each resident."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from marshmallow import Schema

from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_node, told
from ....market import Doubt, doubt
from ...cycles.routes.access import RUN, me, served_cycle
from ...cycles.rules import State
from ...pages import blueprint
from .. import actions, queries
from ..rules import PACKING, in_kg
from ..schemas import weights
from .sections import todo


@blueprint.get("/rounds/<int:cycle_id>/weighing")
@permitted(RUN)
def weighing(cycle_id: int) -> Any:
    """List what has to be weighed."""
    with this_node().db.read() as session:
        served = served_cycle(session, cycle_id)
        goods = queries.weighed_goods(session, cycle_id, served.hubs)
        done = todo(session, cycle_id, served.hubs)
    return render_template(
        "assembly/receiving/weighing.html", cycle=served.cycle, goods=goods, todo=done
    )


@blueprint.route("/rounds/<int:cycle_id>/weighing/<int:product_id>", methods=["GET", "POST"])
@permitted(RUN)
def weigh(cycle_id: int, product_id: int) -> Any:
    """Type the grams of each resident's share; a weight that looks wrong is asked about again."""
    node, form = this_node(), Form(Schema())
    with node.db.read() as session:
        hubs = served_cycle(session, cycle_id).hubs
    if form.submitted():
        try:
            grams, sure = weights(request.form, "g"), _sure()
            with node.db.write() as session:
                changed = actions.weigh(
                    node, session, cycle_id, product_id, grams,
                    sure=sure, hubs=hubs, actor_id=me().id,
                )  # fmt: skip
            if changed:
                told("Written down.")
            else:
                told("Nothing has changed.", "note")
            return redirect(url_for("assembly.weighing", cycle_id=cycle_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        cycle = served_cycle(session, cycle_id).cycle
        lines = queries.weighing_lines(session, cycle_id, product_id, hubs)
    page = render_template(
        "assembly/receiving/weigh.html",
        cycle=cycle,
        lines=lines,
        form=form,
        asked=_asked(form, lines),
        in_kg=in_kg,
        weighing=State(cycle.state) in PACKING,
    )
    return page, form.status


def _sure() -> set[int]:
    names = (name[5:] for name in request.form if name.startswith("sure-"))
    return {int(name) for name in names if name.isascii() and name.isdecimal() and len(name) < 10}


def _asked(form: Form, lines: Any) -> dict[int, str]:
    """Return the lines whose typed weight has to be confirmed, with that weight in kilograms."""
    found = {}
    for line in lines:
        if actions.field_of(line.line_id) not in form.errors:
            continue
        try:
            grams = weights({"g-1": str(form.values.get(f"g-{line.line_id}", ""))}, "g").get(1, 0)
        except WizzleError:
            continue
        if doubt(grams, line.expected_g * line.delivered) is Doubt.ASK:
            found[line.line_id] = in_kg(grams)
    return found
