"""Handing a claim in, answering a question about it, withdrawing it; and one's own list."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, WizzleError
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...access import TAKE_PART
from ...carrying.routes.desk import done
from ...pages import blueprint
from .. import actions, queries
from ..rules import ASKED, STATES, account
from ..schemas import ChangeForm, ClaimForm
from .shown import banks, brought_receipts, wish_of


@blueprint.route("/fund/claims/new", methods=["GET", "POST"])
@permitted(TAKE_PART)
def new_claim() -> Any:
    """Hand a claim in."""
    node = this_node()
    with node.db.read() as session:
        lines = _choices(session)
    form = Form(
        ClaimForm(),
        {"idempotency_key": node.random.token(12), "earmark_id": request.args.get("of", "")},
    )
    if form.submitted():
        try:
            claim_id = _hand_in(form.data)
            told("Your claim is handed in. Two people look at it, and you are told.")
            return redirect(url_for("fund.claim", claim_id=claim_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/claims/new.html", form=form, choices=lines, banks=banks(), claim=None
    )
    return page, form.status


def _hand_in(typed: dict[str, Any]) -> int:
    node = this_node()
    to = account(typed["bank"], typed["number"], typed["holder"])
    receipts = brought_receipts(needed=True)
    key = typed["idempotency_key"] or node.random.token(12)
    with node.db.write() as session:
        return actions.hand_in(
            node, session, wish_of(typed), to, receipts, key=key, claimant_id=this_member().id
        ).id


@blueprint.route("/fund/claims/<int:claim_id>/change", methods=["GET", "POST"])
@permitted(TAKE_PART)
def change_claim(claim_id: int) -> Any:
    """Answer a question about one's claim, and hand it in again."""
    node = this_node()
    with node.db.read() as session:
        claim = queries.the_claim(session, claim_id)
        if claim.claimant_id != this_member().id:
            raise Forbidden("Only whoever handed the claim in does this.")
        lines = _choices(session)
        names = ("earmark_id", "purpose", "amount", "bought_on", "seller")
        initial = {name: getattr(claim, name) for name in names}
        shown = {"id": claim.id, "reason": claim.reason, "is_asked": claim.state == ASKED}
    form = Form(ChangeForm(), initial)
    if form.submitted():
        try:
            _change(claim_id, form.data)
            told("Your claim is handed in again.")
            return redirect(url_for("fund.claim", claim_id=claim_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/claims/new.html", form=form, choices=lines, banks=banks(), claim=shown
    )
    return page, form.status


def _change(claim_id: int, typed: dict[str, Any]) -> None:
    node = this_node()
    to = account(typed["bank"], typed["number"], typed["holder"]) if typed["number"] else None
    receipts = brought_receipts(needed=False)
    with node.db.write() as session:
        actions.change(
            node, session, claim_id, wish_of(typed), to, receipts, answer=typed["answer"],
            actor_id=this_member().id,
        )  # fmt: skip


@blueprint.post("/fund/claims/<int:claim_id>/withdraw")
@permitted(TAKE_PART)
def withdraw_claim(claim_id: int) -> Response:
    """Withdraw one's claim."""
    node = this_node()

    def act(session: Session) -> None:
        actions.withdraw(node, session, claim_id, actor_id=this_member().id)

    if done(act):
        told("Your claim is withdrawn.")
    return redirect(url_for("fund.claim", claim_id=claim_id))


@blueprint.get("/fund/claims/mine")
@permitted(TAKE_PART)
def my_claims() -> str:
    """List one's own claims."""
    with this_node().db.read() as session:
        rows = queries.mine(session, this_member().id, before=asked_number())
    last = rows[: queries.SIZE][-1].id if rows else None
    return render_template(
        "fund/claims/mine.html", page=paged(rows, queries.SIZE, str(last)), states=STATES
    )


def _choices(session: Session) -> list[tuple[int, str]]:
    """Return what a claim can belong to."""
    return [(row.id, row.name) for row in queries.lines(session)]
