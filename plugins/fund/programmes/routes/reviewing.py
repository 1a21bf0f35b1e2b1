"""The review: what waits for it, and the verdict on one proposal."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from .....core.errors import Invalid, WizzleError
from .....core.values import Message
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...access import KEEP
from ...pages import blueprint
from .. import actions, queries
from ..access import phase, seen_proposal
from ..schemas import ReviewForm

_SIZE = 50


@blueprint.get("/fund/programmes/<int:programme_id>/reviews")
@permitted(KEEP)
def reviews(programme_id: int) -> str:
    """List the proposals of a programme, what waits for review first."""
    start = asked_number() or 0
    with this_node().db.read() as session:
        found = queries.the_programme(session, programme_id)
        rows = queries.to_review(session, programme_id, after=start)
        return render_template(
            "fund/programmes/reviews.html", programme=found, phase=phase(found),
            page=paged(rows, _SIZE, str(start + _SIZE)),
        )  # fmt: skip


@blueprint.route("/fund/proposals/<int:proposal_id>/review", methods=["GET", "POST"])
@permitted(KEEP)
def review(proposal_id: int) -> Any:
    """Say whether a proposal can be done, at which cost, or why not."""
    node = this_node()
    with node.db.read() as session:
        row = seen_proposal(session, proposal_id)
        found = queries.the_programme(session, row.programme_id)
        session.expunge(found)
    initial = {
        "verdict": row.state if row.state != "proposed" else "", "cost": row.cost or row.asked,
        "note": row.review,
    }  # fmt: skip
    form = Form(ReviewForm(), initial)
    if form.submitted():
        try:
            _judge(proposal_id, form)
            told("The review stands on the page, and the author is told.")
            return redirect(url_for("fund.reviews", programme_id=row.programme_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("fund/programmes/review.html", proposal=row, programme=found, form=form)
    return page, form.status


def _judge(proposal_id: int, form: Form) -> None:
    node, data, actor_id = this_node(), form.data, this_member().id
    if data["verdict"] == "feasible" and data["cost"] is None:
        raise Invalid({"cost": [Message("Please say what it costs exactly.", {})]})
    with node.db.write() as session:
        if data["verdict"] == "feasible":
            actions.find_feasible(
                node, session, proposal_id, cost=data["cost"], note=data["note"], actor_id=actor_id
            )
        else:
            actions.find_unfit(node, session, proposal_id, reason=data["note"], actor_id=actor_id)
