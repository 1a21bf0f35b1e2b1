"""Receiving: what came of everything that was ordered, producer by producer."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from marshmallow import Schema

from .....core.errors import Invalid, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_node, told
from ...cycles.routes.access import RUN, me, own_cycle
from ...cycles.rules import State, occasion
from ...pages import blueprint
from .. import actions, queries
from ..actions import Count
from ..rules import COUNTING
from ..schemas import numbers
from .sections import todo


@blueprint.route("/rounds/<int:cycle_id>/receiving", methods=["GET", "POST"])
@permitted(RUN)
def receiving(cycle_id: int) -> Any:
    """Count what came; what nobody types came as it was ordered, or as it is on its way."""
    node, form = this_node(), Form(Schema())
    with node.db.read() as session:
        own_cycle(session, cycle_id)
    if form.submitted():
        try:
            counts = _typed()
            with node.db.write() as session:
                changed = actions.count(node, session, cycle_id, counts, actor_id=me().id)
            if changed:
                told("Written down.")
            else:
                told("Nothing has changed.", "note")
            return redirect(url_for("assembly.receiving", cycle_id=cycle_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        cycle = own_cycle(session, cycle_id)
        deliveries = queries.deliveries(session, cycle_id)
        done = todo(session, cycle_id, None)
        sent = node.host.collect(
            "announced", node=node, session=session, occasion=occasion(cycle_id)
        )
    page = render_template(
        "assembly/receiving/receiving.html",
        cycle=cycle,
        deliveries=deliveries,
        announced={each.product_id: each for each in sent},
        form=form,
        counting=State(cycle.state) in COUNTING,
        todo=done,
    )
    return page, form.status


def _typed() -> dict[int, Count]:
    came, versions = numbers(request.form, "came"), numbers(request.form, "v")
    if came.keys() != versions.keys():
        fields = versions.keys() - came.keys()
        missing = Message("Please give a number; 0 if nothing came.", {})
        raise Invalid({f"came-{product_id}": [missing] for product_id in sorted(fields)})
    return {product_id: Count(number, versions[product_id]) for product_id, number in came.items()}
