"""The producers of a round: the terms on which each takes part, and what became of them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session

from .....core.errors import NotFound, WizzleError
from .....core.web import Form, permitted, this_node, told
from .....core.web.moments import typed_moment
from ...pages import blueprint
from .. import actions, queries
from ..queries import AnyRow
from ..rules import Below, Outcome, State, Terms, part_cut_off, shown_state, told_problem
from ..schemas import TermsForm
from .access import RUN, me, own_cycle, zone

# Message ids in the context "round".
BELOW = {
    Below.CONFIRM: (
        "Confirm all the same",
        "The orders stand, however few they are.",
    ),
    Below.CANCEL: (
        "Cancel",
        "The orders of this producer are cancelled, everything else stands. Residents are told by "
        "mail and pay nothing for it.",
    ),
    Below.CARRY: (
        "Carry over to the next round",
        "The orders are cancelled this time and placed by themselves when your hub's next round "
        "opens. Residents are told by mail both times.",
    ),
}
OUTCOMES = {
    Outcome.CONFIRMED: "Confirmed",
    Outcome.CANCELLED: "Cancelled",
    Outcome.CARRIED: "Carried over",
}


@blueprint.get("/rounds/<int:cycle_id>/producers")
@permitted(RUN)
def parts(cycle_id: int) -> Any:
    """Show all producers of a round with their cut-offs, their minimums and what is ordered."""
    with this_node().db.read() as session:
        cycle = own_cycle(session, cycle_id)
        rows = queries.parts_of(session, cycle_id)
        carried = queries.carried_from(session, cycle_id)
    return render_template(
        "assembly/cycles/parts.html",
        cycle=cycle,
        parts=rows,
        carried=carried,
        below=BELOW,
        outcomes=OUTCOMES,
        kept_words=told_problem,
        changeable={row.seller_id for row in rows if _changeable(cycle, row)},
    )


@blueprint.route("/rounds/<int:cycle_id>/producers/<int:seller_id>", methods=["GET", "POST"])
@permitted(RUN)
def part(cycle_id: int, seller_id: int) -> Any:
    """Set a producer's own cut-off, its minimum, and what happens below it."""
    node = this_node()
    with node.db.read() as session:
        cycle = own_cycle(session, cycle_id)
        row = queries.part_of(session, cycle_id, seller_id)
    if row is None:
        raise NotFound("This producer has no part in the round.")
    form = Form(TermsForm(zone()), _typed(row))
    if form.submitted():
        try:
            with node.db.write() as session:
                _set(session, cycle_id, seller_id, form.data)
            told("Saved.")
            return redirect(url_for("assembly.parts", cycle_id=cycle_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "assembly/cycles/part.html",
        cycle=cycle, part=row, form=form, below=BELOW, changeable=_changeable(cycle, row),
        latest=typed_moment(cycle.cut_off, zone()),
    )  # fmt: skip
    return page, form.status


def _set(session: Session, cycle_id: int, seller_id: int, typed: dict[str, Any]) -> None:
    terms = Terms(**{**typed, "below": Below(typed["below"])})
    actions.set_terms(this_node(), session, cycle_id, seller_id, terms, actor_id=me().id)


def _typed(row: AnyRow) -> dict[str, Any]:
    return {
        "cut_off": typed_moment(row.cut_off, zone()) if row.cut_off else "",
        "minimum_won": row.minimum_won or "",
        "minimum_units": row.minimum_units or "",
        "below": row.below,
    }


def _changeable(cycle: AnyRow, row: AnyRow) -> bool:
    now = this_node().clock.now()
    state = shown_state(State(cycle.state), cycle.cut_off, now)
    ahead = state is State.DRAFT or part_cut_off(row.cut_off, cycle.cut_off) > now
    return state in {State.DRAFT, State.OPEN} and row.outcome is None and ahead
