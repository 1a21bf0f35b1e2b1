"""The desk of payouts: what is owed to whom, the button, cash in hand, and the earlier runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core import ledger
from .....core.errors import WizzleError
from .....core.web import Form, asked_number, paged, permitted, this_node, told
from ...cycles.routes.access import me, tell
from ...pages import blueprint
from .. import actions, queries
from ..queries.runs import SIZE
from ..rules import payable_of, total
from ..schemas import CashForm, PayOutForm
from .access import PAY, bank_name


@blueprint.get("/payouts")
@permitted(PAY)
def payouts() -> str:
    """Show what would be paid to whom now, what waits and why, and what was paid."""
    node = this_node()
    with node.db.read() as session:
        owed = queries.owed(session)
        found = queries.payouts(session, before=asked_number())
        bank = ledger.balance(session, ledger.account("bank"))
        cash = queries.cash_in_hand(session)
    last = found[:SIZE][-1].id if found else None
    return render_template(
        "assembly/payouts/desk.html",
        payable=[each for each, _ in payable_of(owed)],
        missing=[each for each in owed if each.is_missing],
        carried=[each for each in owed if each.amount < 0],
        total=total(owed),
        bank=bank,
        cash=cash,
        page=paged(found, SIZE, str(last)),
        key=node.random.token(12),
        bank_name=bank_name,
    )


@blueprint.post("/payouts")
@permitted(PAY)
def pay_out() -> Response:
    """Pay out what the page showed."""
    made: list[int] = []

    def act(session: Session, typed: dict[str, Any]) -> None:
        payout = actions.pay_out(
            this_node(), session,
            key=typed["idempotency_key"], shown=typed["shown"], actor_id=me().id,
        )  # fmt: skip
        made.append(payout.id)

    if not done(PayOutForm(), act):
        return redirect(url_for("assembly.payouts"))
    told("The payout is written down. Now please give the file to the bank.")
    return redirect(url_for("assembly.payout", payout_id=made[0]))


@blueprint.post("/payouts/cash/<int:space_id>")
@permitted(PAY)
def bring_cash(space_id: int) -> Response:
    """Write down cash that was brought to the bank."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        actions.bring_cash(
            this_node(), session, space_id, typed["amount"],
            key=typed["idempotency_key"], actor_id=me().id,
        )  # fmt: skip

    if done(CashForm(), act):
        told("The cash is in the bank account now.")
    return redirect(url_for("assembly.payouts"))


def done(schema: Any, act: Callable[[Session, dict[str, Any]], None]) -> bool:
    """Do one thing of a small form in one transaction; tell why on the next page if refused."""
    form = Form(schema)
    if not form.submitted():
        for texts in form.errors.values():
            for text in texts:
                flash(text, "problem")
        return False
    try:
        with this_node().db.write() as session:
            act(session, form.data)
    except WizzleError as error:
        tell(error)
        return False
    return True
