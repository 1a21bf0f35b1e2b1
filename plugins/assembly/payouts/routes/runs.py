"""One run: who was paid, the file for the bank, and what the bank sent back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core import audit
from .....core.tables import Column, Table
from .....core.web import download, permitted, say, this_node, told
from ...cycles.routes.access import me
from ...pages import blueprint
from .. import actions, queries
from ..rules import masked, on_statement
from ..schemas import ReturnedForm
from .access import PAY, bank_name
from .desk import done


@blueprint.get("/payouts/<int:payout_id>")
@permitted(PAY)
def payout(payout_id: int) -> str:
    """Show a run with the last figures of each bank account."""
    with this_node().db.read() as session:
        page = queries.payout_page(session, payout_id)
    return render_template(
        "assembly/payouts/payout.html", page=page, masked=masked, bank_name=bank_name
    )


@blueprint.get('/payouts/<int:payout_id>.<ending("csv", "xlsx", "ods"):ending>')
@permitted(PAY)
def transfer_file(payout_id: int, ending: str) -> Response:
    """Hand out the file for the bank; who took it is written down, since it names accounts."""
    node = this_node()
    with node.db.write() as session:
        page = queries.payout_page(session, payout_id)
        audit.record(
            session, "assembly.payout.file", at=node.clock.now(), person_id=me().id,
            subject=("payout", payout_id), ending=ending,
        )  # fmt: skip
    return download(_transfers(page), ending)


def _transfers(page: queries.PayoutPage) -> Table:
    """Return the rows in the order that Korean banks read: bank, account, holder, amount, what
    the receiver's statement says, what ours says. The headings are Korean whoever asks."""
    node = this_node()
    ko = node.catalogues.tongue("ko")
    columns = (
        Column(ko.pgettext("transfer", "Bank")),
        Column(ko.pgettext("transfer", "Account number")),
        Column(ko.pgettext("transfer", "Account holder")),
        Column(ko.pgettext("transfer", "Amount"), "whole"),
        Column(ko.pgettext("transfer", "On the receiver's statement")),
        Column(ko.pgettext("transfer", "On our statement")),
    )
    ours = on_statement(node.settings.node.name)
    rows = [
        (row.bank, row.number, row.holder, row.amount, ours, on_statement(row.name))
        for row in page.rows
    ]
    name = say("Transfer file %(number)s", number=page.payout.number)
    return Table(name, columns, rows)


@blueprint.post("/payouts/<int:payout_id>/returned")
@permitted(PAY)
def payout_returned(payout_id: int) -> Response:
    """Write down that the bank sent a row back."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        actions.give_back(
            this_node(), session, payout_id, typed["account"],
            reason=typed["reason"], actor_id=me().id,
        )  # fmt: skip

    if done(ReturnedForm(), act):
        told("It is owed again and goes into the next payout.")
    return redirect(url_for("assembly.payout", payout_id=payout_id))
