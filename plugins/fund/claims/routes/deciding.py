"""What the first and the second person do with a claim."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, say, this_member, this_node, told
from ...access import KEEP, TAKE_PART
from ...carrying.routes.desk import done
from ...pages import blueprint
from .. import actions, queries
from ..rules import STATES
from ..schemas import CheckForm, WhyForm

WORDS = {
    "ask": (Message("Ask a question", {}), Message("Whoever claimed reads it and answers.", {})),
    "refuse": (Message("Refuse", {}), Message("Whoever claimed reads why.", {})),
    "reverse": (
        Message("Take the payment back", {}),
        Message("A counter-posting is made, and everyone reads why. Only do this once the money"
                " has come back. No names of people.", {}),
    ),
    "take_out": (
        Message("Take it out of the run", {}),
        Message("The bank did not pay it? It then waits for the next run.", {}),
    ),
}  # fmt: skip
_ACTS: dict[str, Any] = {
    "ask": actions.ask,
    "refuse": actions.refuse,
    "reverse": actions.reverse,
    "take_out": actions.take_out,
}


@blueprint.route("/fund/claims/<int:claim_id>/check", methods=["GET", "POST"])
@permitted(TAKE_PART)
def check_claim(claim_id: int) -> Any:
    """Say as the first person that a claim and its receipts fit."""
    node = this_node()
    with node.db.read() as session:
        found = queries.the_claim(session, claim_id)
        if not queries.may_check(session, this_member().id, found):
            raise Forbidden("The treasurer, the steward, or whoever leads the project does this.")
        context = {
            "states": STATES, "claim": found, "receipts": queries.receipts(session, claim_id),
            "twins": queries.twins(session, found),
        }  # fmt: skip
        form = Form(CheckForm(), {"wording": found.wording or found.purpose})
        session.expunge_all()
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.check(
                    node, session, claim_id, form.data["wording"], actor_id=this_member().id
                )
            told("Checked. Now a second person looks at it.")
            return redirect(url_for("fund.claim", claim_id=claim_id))
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/claims/check.html", form=form, **context), form.status


@blueprint.post("/fund/claims/<int:claim_id>/approve")
@permitted(KEEP)
def approve_claim(claim_id: int) -> Response:
    """Approve a claim as the second person."""
    node = this_node()

    def act(session: Session) -> None:
        actions.approve(node, session, claim_id, actor_id=this_member().id)

    if done(act):
        told("Approved. It goes into the next run to the bank.")
    return redirect(url_for("fund.claim", claim_id=claim_id))


@blueprint.route(
    "/fund/claims/<int:claim_id>/<any(ask, refuse, reverse, take_out):how>",
    methods=["GET", "POST"],
)
@permitted(KEEP)
def say_claim(claim_id: int, how: str) -> Any:
    """Send a claim back, refuse it, take its payment back, or take it out of its run: with why."""
    node = this_node()
    with node.db.read() as session:
        found = queries.the_claim(session, claim_id)
        if found.claimant_id == this_member().id:
            raise Forbidden("This is your own claim. Two other people have to look at it.")
        purpose, amount = found.purpose, found.amount
    form = Form(WhyForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                _ACTS[how](node, session, claim_id, form.data["why"], actor_id=this_member().id)
            told("It is written down, and whoever claimed is told.")
            return redirect(url_for("fund.claim", claim_id=claim_id))
        except WizzleError as error:
            form.failed(error)
    title, lead = (say(each.text) for each in WORDS[how])
    page = render_template(
        "fund/claims/why.html", form=form, claim_id=claim_id, purpose=purpose, amount=amount,
        title=title, lead=lead,
    )  # fmt: skip
    return page, form.status
