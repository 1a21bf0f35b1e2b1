"""Something else for those who wished it when what they ordered came short."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import WizzleError
from .....core.web import Form, permitted, say, this_node, told
from ....market import Swap
from ...cycles.routes.access import RUN, me, own_cycle
from ...cycles.rules import State
from ...pages import blueprint
from .. import actions, queries
from ..rules import PACKING
from ..schemas import ReasonForm, numbers
from .sections import todo


@blueprint.route("/rounds/<int:cycle_id>/substitutes", methods=["GET", "POST"])
@permitted(RUN)
def substitutes(cycle_id: int) -> Any:
    """Choose for each order that lacks something what stands in for it."""
    node = this_node()
    form = Form(ReasonForm(), {"reason": say("Too little came; you wished something else then.")})
    with node.db.read() as session:
        own_cycle(session, cycle_id)
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.replace(
                    node, session, cycle_id, _typed(),
                    reason=form.data["reason"], actor_id=me().id,
                )  # fmt: skip
            told("The substitutes are in the orders. Everyone concerned gets one mail in a few "
                 "minutes.")  # fmt: skip
            return redirect(url_for("assembly.substitutes", cycle_id=cycle_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        cycle = own_cycle(session, cycle_id)
        lacks = queries.lacks(session, cycle_id)
        done = todo(session, cycle_id, None)
    page = render_template(
        "assembly/receiving/substitutes.html",
        cycle=cycle,
        lacking=[lack for lack in lacks if lack.missing],
        served=[lack for lack in lacks if lack.instead],
        replacing=State(cycle.state) in PACKING,
        form=form,
        todo=done,
    )
    return page, form.status


def _typed() -> list[Swap]:
    """Return what was chosen, ``s-<line>`` the product and ``n-<line>`` how many of it."""
    products, units = _products(), numbers(request.form, "n")
    return [
        Swap(line_id, product_id, units.get(line_id, 0)) for line_id, product_id in products.items()
    ]


def _products() -> dict[int, int]:
    """Return the product chosen for each line; the empty choice leaves it as it is."""
    return {
        int(name[2:]): int(text)
        for name, text in request.form.items()
        if name[:2] == "s-" and _is_id(name[2:]) and _is_id(text)
    }


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
