"""Deposits: taking in a bank's file, looking at every row, and deciding on what no order fits."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import WizzleError
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
from ...accounts.rules import bank_account
from ...pages import ID, blueprint
from .. import actions, queries
from ..schemas import GiveForm, brought_file

MANAGE = "market.transfers"
SIZE = 30
SHOWN = 300
STATES = {
    "waiting": queries.WAITING,
    "booked": queries.BOOKED,
    "left": ("left",),
}
OUTCOMES = {
    "seen": Message("Seen before", {}),
    "not_a_deposit": Message("Not a deposit", {}),
    "refused": Message("Not readable", {}),
    "matched": Message("Matched", {}),
    "ambiguous": Message("Several fit", {}),
    "unmatched": Message("None fits", {}),
    "given": Message("Given by hand", {}),
    "left": Message("Left aside", {}),
}


@blueprint.route("/market/transfers", methods=["GET", "POST"])
@permitted(MANAGE)
def transfers() -> Any:
    """Take in a bank's file, and list the deposits."""
    form, node = Form(GiveForm()), this_node()
    if request.method == "POST":
        try:
            brought = brought_file()
            with node.db.read() as session:
                known = queries.file_by_digest(session, brought.digest)
            if known is not None:
                told("This very file was taken in before. Nothing was done twice.", "note")
                return redirect(url_for("market.bank_file", file_id=known))
            with node.db.write() as session:
                made = actions.take_file(
                    node, session, brought.table, name=brought.name, digest=brought.digest,
                    actor_id=this_member().id,
                )  # fmt: skip
            told("The file is taken in. Here is what became of every row.")
            return redirect(url_for("market.bank_file", file_id=made))
        except WizzleError as error:
            form.failed(error)
    return _list(form)


def _list(form: Form) -> Any:
    asked = request.args.get("state", "waiting")
    state = asked if asked in STATES else "waiting"
    with this_node().db.read() as session:
        rows = queries.deposits(session, STATES[state], before=asked_number(), limit=SIZE + 1)
        numbers = queries.counted(session)
        files = queries.files(session)
    place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
    page = render_template(
        "market/transfers/transfers.html",
        page=paged(rows, SIZE, place), files=files, state=state, outcomes=OUTCOMES, form=form,
        numbers={name: sum(numbers.get(each, 0) for each in STATES[name]) for name in STATES},
        account=bank_account(this_node().host.settings("market")), told_why=why,
    )  # fmt: skip
    return page, form.status


@blueprint.get("/market/transfers.<ending:ending>")
@permitted(MANAGE)
def download_transfers(ending: str) -> Any:
    """Write the deposits in one state, the newest first."""
    asked = request.args.get("state", "waiting")
    head, tongue = this_tongue().pgettext, this_tongue()
    columns = (
        Column(head("column", "When"), "moment"),
        Column(head("column", "Who paid")),
        Column(head("column", "Memo")),
        Column(head("column", "Amount"), "won"),
        Column(head("column", "Outcome")),
        Column(head("column", "Person")),
        Column(head("column", "Order")),
        Column(head("column", "Reason")),
    )
    with this_node().db.read() as session:
        found = queries.deposits(session, STATES.get(asked, queries.WAITING), limit=MOST_ROWS + 1)
    rows = (
        (row.at, row.depositor, row.memo, row.amount, tongue.say(OUTCOMES[row.state]),
         row.person_name or "", row.order_number or "", tongue.say(why(row)) if row.why else "")
        for row in found
    )  # fmt: skip
    return download(Table(say("Deposits at the bank"), columns, rows), ending)


def why(row: Any) -> Message:
    """Return on what it rests that a deposit is where it is."""
    return Message(row.why, row.named)


@blueprint.get(f"/market/transfers/files/<{ID}:file_id>")
@permitted(MANAGE)
def bank_file(file_id: int) -> Any:
    """Show what became of every row of a file."""
    with this_node().db.read() as session:
        found = queries.bank_file(session, file_id)
        rows = queries.deposits_of_file(session, file_id, after=asked_number(), limit=SIZE + 1)
        numbers = queries.states_of_file(session, file_id)
    for _, outcome, _, _ in found.rest:
        numbers[outcome] = numbers.get(outcome, 0) + 1
    place = str(rows[SIZE - 1].line) if len(rows) > SIZE else None
    rest = [(line, outcome, Message(text, values)) for line, outcome, text, values in found.rest]
    return render_template(
        "market/transfers/file.html",
        file=found, page=paged(rows, SIZE, place), rest=rest[:SHOWN], numbers=numbers,
        outcomes=OUTCOMES, told_why=why,
    )  # fmt: skip
