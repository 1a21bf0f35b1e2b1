"""Sharing what came short among those who ordered it, by a rule that is shown."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import WizzleError
from .....core.web import Form, permitted, say, this_node, told
from ...cycles.routes.access import RUN, me, own_cycle
from ...cycles.rules import State
from ...pages import blueprint
from .. import actions, queries
from ..rules import SHARING
from ..schemas import ReasonForm
from .sections import todo


@blueprint.route("/rounds/<int:cycle_id>/sharing", methods=["GET", "POST"])
@permitted(RUN)
def sharing(cycle_id: int) -> Any:
    """Show who gets how much of what came short, by the rule; then share it so."""
    node = this_node()
    form = Form(ReasonForm(), {"reason": say("Less came from the producer than was ordered.")})
    with node.db.read() as session:
        own_cycle(session, cycle_id)
    if form.submitted():
        try:
            with node.db.write() as session:
                moved = actions.share(
                    node, session, cycle_id, _shown(),
                    reason=form.data["reason"], actor_id=me().id,
                )  # fmt: skip
            told("Shared; orders that changed: %(moved)s. Everyone concerned gets one mail in a "
                 "few minutes.", moved=moved)  # fmt: skip
            return redirect(url_for("assembly.sharing", cycle_id=cycle_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        cycle = own_cycle(session, cycle_id)
        found = queries.shortages(session, cycle_id)
        done = todo(session, cycle_id, None)
    page = render_template(
        "assembly/receiving/sharing.html",
        cycle=cycle,
        waiting=[each for each in found if each.waits],
        rest=[each for each in found if not each.waits],
        sharing=State(cycle.state) in SHARING,
        form=form,
        todo=done,
    )
    return page, form.status


def _shown() -> dict[int, str]:
    """Return the products ticked with the marks that the page showed: "12:4f0c…"."""
    pairs = (text.partition(":") for text in request.form.getlist("product"))
    return {
        int(number): mark[:64]
        for number, _, mark in pairs
        if number.isascii() and number.isdecimal() and len(number) < 10
    }
