"""One run: who was paid, the file for the bank, and what the bank sent back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core import audit
from .....core.banks import Transfer, masked, transfers
from .....core.tables import Table
from .....core.web import download, permitted, say, this_node, told
from ...cycles.routes.access import me
from ...pages import blueprint
from .. import actions, queries
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
    node = this_node()
    return transfers(
        node.catalogues.tongue("ko"),
        say("Transfer file %(number)s", number=page.payout.number),
        sender=node.settings.node.name,
        rows=[
            Transfer(row.bank, row.number, row.holder, row.amount, row.name) for row in page.rows
        ],
    )


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
