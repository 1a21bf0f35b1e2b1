"""Pledging, and one's own pledges."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Invalid, NotFound, WizzleError
from .....core.values import Message
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...access import TAKE_PART
from ...pages import blueprint
from .. import actions, queries
from ..models import Pledge
from ..queries import SIZE
from ..rules import phase_of, receipt_number, status_of
from ..schemas import PledgeForm
from .shown import tell, today, visible


@blueprint.route("/fund/raise/<int:drive_id>/pledge", methods=["GET", "POST"])
@permitted(TAKE_PART)
def pledge(drive_id: int) -> Any:
    """Pledge an amount or a reward, and see where to send the money."""
    node = this_node()
    with node.db.read() as session:
        row = visible(session, drive_id)
        notice = queries.solicitation(session, drive_id)
        if notice is None or not queries.is_public(row):
            raise NotFound("There is no such drive here.")
        session.expunge(notice)
        rewards, taken = queries.rewards(session, drive_id), queries.taken(session, drive_id)
        session.expunge_all()
        standing = queries.standing(session, row)
    asked = request.args.get("reward", "")
    initial = {"idempotency_key": node.random.token(12), "reward_id": asked, "quantity": 1}
    form = Form(PledgeForm(), initial)
    if form.submitted():
        try:
            pledge_id = _promise(drive_id, form.data)
            return redirect(url_for("fund.my_pledge", pledge_id=pledge_id))
        except WizzleError as error:
            form.failed(error)
    chosen = next((r for r in rewards if str(r.id) == str(form.values.get("reward_id"))), None)
    page = render_template(
        "fund/pledges/pledge.html", drive=row, notice=notice, reward=chosen, form=form,
        left=None if chosen is None or chosen.number is None
        else chosen.number - taken.get(chosen.id, 0),
        standing=standing, phase=phase_of(row, today()),
    )  # fmt: skip
    return page, form.status


def _promise(drive_id: int, typed: dict[str, Any]) -> int:
    if typed["reward_id"] is None and typed["amount"] is None:
        raise Invalid({"amount": [Message("Please say how much you pledge.", {})]})
    node, viewer = this_node(), this_member()
    wish = actions.Wish(
        viewer.id, f"{viewer.id}:{typed['idempotency_key'] or node.random.token(12)}",
        amount=typed["amount"] or 0, reward_id=typed["reward_id"], quantity=typed["quantity"],
        wants_receipt=typed["wants_receipt"],
    )  # fmt: skip
    with node.db.write() as session:
        return actions.promise(node, session, drive_id, wish).id


@blueprint.get("/fund/raise/mine")
@permitted(TAKE_PART)
def my_pledges() -> str:
    """List one's own pledges and drives."""
    viewer = this_member()
    with this_node().db.read() as session:
        rows = queries.mine(session, viewer.id, before=asked_number())
        run = queries.of_runner(session, viewer.id)
    last = rows[:SIZE][-1].id if rows else None
    return render_template(
        "fund/pledges/mine.html", page=paged(rows, SIZE, str(last)), status_of=status_of, run=run
    )


@blueprint.get("/fund/raise/pledges/<int:pledge_id>")
@permitted(TAKE_PART)
def my_pledge(pledge_id: int) -> Any:
    """Show one's own pledge: where to send it, whether it has arrived, what happened to it."""
    with this_node().db.read() as session:
        found = own_pledge(session, pledge_id)
        return _pledge_page(session, found, Form(PledgeForm(), _initial(found)))


def own_pledge(session: Session, pledge_id: int) -> Pledge:
    """Return a pledge of the viewer's; NotFound for anybody else's."""
    found = queries.pledge(session, pledge_id)
    if found.person_id != this_member().id:
        raise NotFound("There is no such pledge.")
    return found


def _initial(found: Pledge) -> dict[str, Any]:
    return {"amount": found.amount, "quantity": found.quantity}


def _pledge_page(session: Session, found: Pledge, form: Form) -> Any:
    row = queries.drive_row(session, found.drive_id)
    rewards = {each.id: each for each in queries.rewards(session, found.drive_id)}
    page = render_template(
        "fund/pledges/mine_one.html", pledge=found, drive=row, form=form,
        reward=rewards.get(found.reward_id or 0), status=status_of(found),
        notice=queries.solicitation(session, found.drive_id), phase=phase_of(row, today()),
        history=queries.history(session, found.id), receipt_number=receipt_number,
    )  # fmt: skip
    return page, form.status


@blueprint.post("/fund/raise/pledges/<int:pledge_id>/change")
@permitted(TAKE_PART)
def change_pledge(pledge_id: int) -> Any:
    """Pledge another amount."""
    node = this_node()
    form = Form(PledgeForm())
    if form.submitted():
        try:
            if form.values.get("amount") is not None and form.data["amount"] is None:
                raise Invalid({"amount": [Message("Please say how much you pledge.", {})]})
            with node.db.write() as session:
                actions.change(
                    node, session, pledge_id, amount=form.data["amount"] or 0,
                    quantity=form.data["quantity"], person_id=this_member().id,
                )  # fmt: skip
            told("Your pledge is changed.")
            return redirect(url_for("fund.my_pledge", pledge_id=pledge_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        return _pledge_page(session, own_pledge(session, pledge_id), form)


@blueprint.post("/fund/raise/pledges/<int:pledge_id>/take-back")
@permitted(TAKE_PART)
def take_back_pledge(pledge_id: int) -> Response:
    """Take one's own pledge back."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.take_back(node, session, pledge_id, person_id=this_member().id)
        told("Your pledge is taken back. Thank you for saying so.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.my_pledge", pledge_id=pledge_id))
