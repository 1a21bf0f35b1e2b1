"""The last step of a round: who would get what, and the button that makes it so."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy import Row
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Refused
from .....core.web import allow, permitted, this_node, told
from ...cycles.queries import cycle_page
from ...cycles.routes.access import me
from ...cycles.rules import STEPS, State, occasion
from ...pages import blueprint
from .. import actions, queries
from ..rules import added, by_hub, by_seller
from .access import SETTLE, SETTLEMENT


@blueprint.route("/rounds/<int:cycle_id>/settle", methods=["GET", "POST"])
@permitted(SETTLE)
def settle(cycle_id: int) -> Any:
    """Show what settling would give to whom, and settle."""
    with this_node().db.read() as session:
        cycle = cycle_page(session, cycle_id)
        allow(SETTLE, cycle.hub_id)
        if request.method != "POST" and cycle.state != State.SETTLED:
            return _shown(session, cycle)
    if request.method == "POST" and not _settled(cycle_id):
        return redirect(url_for("assembly.settle", cycle_id=cycle_id))
    return redirect(url_for("assembly.settlement", cycle_id=cycle_id))


def _shown(session: Session, cycle: Row[Any]) -> str:
    parts = queries.preview(session, occasion(cycle.id))
    return render_template(
        "assembly/settlement/settle.html",
        cycle=cycle,
        sellers=by_seller(parts),
        hubs=queries.named_hubs(session, by_hub(parts)),
        sums=added(parts),
        waiting=queries.unfinished_orders(session, occasion(cycle.id)),
        due=cycle.state == State.DISTRIBUTING,
        step=STEPS[State.DISTRIBUTING],
    )


def _settled(cycle_id: int) -> bool:
    """Settle what was shown, and say whether it is done."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.settle(node, session, cycle_id, actor_id=me().id, shown=_shown_sum())
    except Refused as refused:
        told(refused.message.text, "problem", **refused.message.values)
        return False
    told("The round is settled. Every producer finds the statement on their own page.")
    return True


def _shown_sum() -> int:
    """Return the won that the page showed; what cannot be read is no sum that was ever paid."""
    text = request.form.get("shown", "")
    return int(text) if text.isdecimal() and len(text) < 16 else -1


@blueprint.get("/rounds/<int:cycle_id>/settlement")
@permitted(SETTLEMENT)
def settlement(cycle_id: int) -> str | Response:
    """Show who got what in a settled round; before it is settled, the page on which that is
    done."""
    with this_node().db.read() as session:
        cycle = cycle_page(session, cycle_id)
        allow(SETTLEMENT, cycle.hub_id)
        if cycle.state != State.SETTLED:
            return redirect(url_for("assembly.settle", cycle_id=cycle_id))
        return render_template(
            "assembly/settlement/settlement.html",
            settlement=queries.settlement_page(session, cycle_id),
            sellers=queries.seller_statements(session, cycle_id),
            hubs=queries.hubs_of(session, cycle_id),
        )
