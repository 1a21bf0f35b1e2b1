"""A resident's balance: what is left or open, every movement, and having credit paid out."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from .....core.errors import Forbidden, NotFound, WizzleError
from .....core.tables import MOST_ROWS, Column, Table
from .....core.values import Message
from .....core.web import (
    Form,
    asked_number,
    download,
    paged,
    permitted,
    say,
    this_member,
    this_node,
    this_tongue,
    told,
)
from ...accounts import actions as accounts
from ...accounts import queries as accounts_read
from ...accounts.schemas import PayoutForm
from ...pages import ID, blueprint
from .. import queries
from ..access import ORDER

SIZE = 30
KINDS = {
    "paid": Message("Used for an order", {}),
    "more": Message("You gave more than was asked", {}),
    "refund": Message("Money given back", {}),
    "transfer": Message("Your transfer arrived", {}),
    "reversal": Message("A transfer was noted by mistake", {}),
    "back": Message("Containers brought back", {}),
    "payout": Message("Paid out to you", {}),
    "": Message("Put right by those who run the node", {}),
}
"""What moved an account, by the kind of its movement."""


@blueprint.get("/me/balance")
@permitted(ORDER)
def balance() -> Any:
    """Show what is left for the next order, what is still open, and how it came to be."""
    return _page(Form(PayoutForm()))


@blueprint.post("/me/balance")
@permitted(ORDER)
def ask_payout() -> Any:
    """Ask for credit in cash at a hub or on a bank account."""
    form, node = Form(PayoutForm()), this_node()
    if form.submitted():
        try:
            with node.db.write() as session:
                accounts.ask_payout(node, session, this_member().id, **form.data)
            told("Your wish has arrived. You see here when it is done.")
            return redirect(url_for("market.balance"))
        except WizzleError as error:
            form.failed(error)
    return _page(form)


@blueprint.post(f"/me/balance/<{ID}:payout_id>/cancel")
@permitted(ORDER)
def cancel_payout(payout_id: int) -> Any:
    """Take one's own wish back."""
    node, me = this_node(), this_member().id
    try:
        with node.db.write() as session:
            if accounts_read.payout(session, payout_id).person_id != me:
                raise NotFound("Nobody asked for this.")
            accounts.cancel_payout(node, session, payout_id, actor_id=me)
    except (Forbidden, NotFound):
        raise
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
    else:
        told("Taken back. The credit stays for your next order.")
    return redirect(url_for("market.balance"))


@blueprint.get("/me/balance.<ending:ending>")
@permitted(ORDER)
def download_balance(ending: str) -> Any:
    """Write every movement of one's own account."""
    head = this_tongue().pgettext
    columns = (
        Column(head("column", "When"), "moment"),
        Column(head("money", "What for")),
        Column(head("column", "Order")),
        Column(head("column", "Reason")),
        Column(head("column", "Amount"), "won"),
    )
    with this_node().db.read() as session:
        moves = queries.movements(session, this_member().id, limit=MOST_ROWS + 1)
    rows = (
        (move.at, say(KINDS[move.kind].text), move.order.number if move.order else "",
         move.reason, move.amount)
        for move in moves
    )  # fmt: skip
    return download(Table(say("My balance"), columns, rows), ending)


def _page(form: Form) -> Any:
    me = this_member().id
    with this_node().db.read() as session:
        rows = queries.movements(session, me, before=asked_number("before"), limit=SIZE + 1)
        found = {
            "account": accounts_read.account_of(session, me),
            "asked": accounts_read.open_payout(session, me),
            "hubs": accounts_read.hubs_that_pay(session),
            "held": accounts_read.held_by(session, me),
        }
    place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
    page = render_template(
        "market/orders/balance.html",
        page=paged(rows, SIZE, place, "before"), kinds=KINDS, form=form, **found,
    )  # fmt: skip
    return page, form.status
