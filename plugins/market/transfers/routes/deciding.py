"""Deciding on one deposit: to whom it belongs, and taking a decision back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, NotFound, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import ID, blueprint
from .. import actions, queries
from ..schemas import GiveForm
from .transfers import MANAGE, OUTCOMES, why


@blueprint.get(f"/market/transfers/<{ID}:deposit_id>")
@permitted(MANAGE)
def deposit(deposit_id: int) -> Any:
    """Show one deposit, with the orders for which it may be meant."""
    return _one(deposit_id, Form(GiveForm()))


def _one(deposit_id: int, form: Form) -> Any:
    with this_node().db.read() as session:
        found = queries.deposit(session, deposit_id)
        near = queries.near(session, found) if found.state in queries.WAITING else []
    page = render_template(
        "market/transfers/deposit.html",
        deposit=found, near=near, outcomes=OUTCOMES, why=why(found), form=form,
    )  # fmt: skip
    return page, form.status


@blueprint.post(f"/market/transfers/<{ID}:deposit_id>/give")
@permitted(MANAGE)
def give_deposit(deposit_id: int) -> Any:
    """Give a deposit to an order or to a person."""
    form, node = Form(GiveForm()), this_node()

    def act(session: Session) -> None:
        person, order = queries.receiver(session, form.data["receiver"])
        actions.give(
            node, session, deposit_id, person_id=person, order_id=order, actor_id=this_member().id
        )

    if not form.submitted():
        return _one(deposit_id, form)
    return _done(
        deposit_id,
        form,
        act,
        Message("The deposit is booked, and the resident is told by mail.", {}),
    )


@blueprint.post(f"/market/transfers/<{ID}:deposit_id>/leave")
@permitted(MANAGE)
def leave_deposit(deposit_id: int) -> Any:
    """Note that a deposit belongs to nobody who orders here."""

    def act(session: Session) -> None:
        actions.leave_aside(this_node(), session, deposit_id, actor_id=this_member().id)

    return _done(deposit_id, Form(GiveForm()), act, Message("The deposit is left aside.", {}))


@blueprint.post(f"/market/transfers/<{ID}:deposit_id>/take-back")
@permitted(MANAGE)
def take_back_deposit(deposit_id: int) -> Any:
    """Undo what was decided on a deposit."""

    def act(session: Session) -> None:
        actions.take_back(this_node(), session, deposit_id, actor_id=this_member().id)

    return _done(
        deposit_id,
        Form(GiveForm()),
        act,
        Message("Taken back. The deposit waits for you again.", {}),
    )


def _done(
    deposit_id: int, form: Form, act: Callable[[Session], None], words: Message
) -> Response | Any:
    try:
        with this_node().db.write() as session:
            act(session)
    except (Forbidden, NotFound):
        raise
    except WizzleError as error:
        form.failed(error)
        return _one(deposit_id, form)
    told(words.text)
    return redirect(url_for("market.transfers"))
