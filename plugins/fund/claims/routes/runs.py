"""Runs to the bank: their list, one of them, its file, and that it was paid."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core import audit
from .....core.banks import Transfer, bank_in, masked, transfers
from .....core.errors import Refused
from .....core.tables import Table
from .....core.web import (
    Form,
    asked_number,
    can,
    download,
    paged,
    permitted,
    say,
    this_member,
    this_node,
    this_tongue,
    told,
)
from ...access import AUDIT, KEEP
from ...carrying.routes.desk import done
from ...pages import blueprint
from .. import actions, queries
from ..rules import IN_RUN, STATES
from ..schemas import RunForm


@blueprint.get("/fund/claims/runs")
@permitted(AUDIT)
def claim_runs() -> str:
    """List the runs."""
    with this_node().db.read() as session:
        rows = queries.runs(session, before=asked_number())
    last = rows[: queries.SIZE][-1].id if rows else None
    return render_template("fund/claims/runs.html", page=paged(rows, queries.SIZE, str(last)))


@blueprint.post("/fund/claims/runs")
@permitted(KEEP)
def make_claim_run() -> Response:
    """Put all approved claims into a run."""
    node, form, made = this_node(), Form(RunForm()), list[int]()

    def act(session: Session) -> None:
        run = actions.make_run(
            node, session, key=f"{this_member().id}:{form.data['idempotency_key']}",
            shown=form.data["shown"], actor_id=this_member().id,
        )  # fmt: skip
        made.append(run.id)

    if not form.submitted() or not done(act):
        return redirect(url_for("fund.claims_desk", face="pay"))
    told("The run is made. Please give its file to the bank, and say here once it is paid.")
    return redirect(url_for("fund.claim_run", run_id=made[0]))


@blueprint.get("/fund/claims/runs/<int:run_id>")
@permitted(AUDIT)
def claim_run(run_id: int) -> str:
    """Show a run with the last figures of each account."""
    node = this_node()
    with node.db.read() as session:
        run, claims, names = queries.run_page(session, run_id)
        return render_template(
            "fund/claims/run.html", run=run, claims=claims, names=names, states=STATES,
            accounts={each.id: actions.account_of(node, each) for each in claims},
            bank_name=lambda bank: bank_in(this_tongue().language, bank),
            masked=masked, keeps=can(KEEP),
        )  # fmt: skip


@blueprint.get('/fund/claims/runs/<int:run_id>.<ending("csv", "xlsx", "ods"):ending>')
@permitted(KEEP)
def claim_file(run_id: int, ending: str) -> Response:
    """Hand out the file for the bank; who took it is written down, since it names accounts."""
    node = this_node()
    with node.db.write() as session:
        audit.record(
            session, "fund.claim_file", at=node.clock.now(), person_id=this_member().id,
            subject=("claim_run", run_id), ending=ending,
        )  # fmt: skip
        table = _table(session, run_id)
    return download(table, ending)


def _table(session: Session, run_id: int) -> Table:
    node = this_node()
    run, claims, names = queries.run_page(session, run_id)
    rows = []
    for each in claims:
        to = actions.account_of(node, each)
        if each.state == IN_RUN and to is not None:
            rows.append(
                Transfer(to.bank, to.number, to.holder, each.amount, names[each.earmark_id])
            )
    if not rows:
        raise Refused("This run is paid: the accounts are not handed out any more.")
    return transfers(
        node.catalogues.tongue("ko"), say("Transfer file %(number)s", number=run.number),
        sender=node.settings.node.name, rows=rows,
    )  # fmt: skip


@blueprint.post("/fund/claims/runs/<int:run_id>/paid")
@permitted(KEEP)
def claim_run_paid(run_id: int) -> Response:
    """Write down that the bank has paid a run."""
    node = this_node()

    def act(session: Session) -> None:
        actions.pay(node, session, run_id, actor_id=this_member().id)

    if done(act):
        told("Paid. It stands in the books, and everyone who claimed is told.")
    return redirect(url_for("fund.claim_run", run_id=run_id))
