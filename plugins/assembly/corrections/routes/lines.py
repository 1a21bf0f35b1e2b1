"""The lines of a settled round, and the page on which one of them is corrected."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import WizzleError
from .....core.tables import Column, Table
from .....core.web import (
    Form,
    allow,
    asked_number,
    download,
    paged,
    permitted,
    say,
    this_node,
    told,
)
from ...cycles.routes.access import me
from ...pages import blueprint
from ...settlement.queries import settlement_page
from ...settlement.routes.tables import given_back
from .. import actions, queries
from ..schemas import CorrectionForm
from .access import CORRECT


@blueprint.get("/rounds/<int:cycle_id>/settlement/lines")
@blueprint.get('/rounds/<int:cycle_id>/settlement/lines.<ending("csv", "xlsx", "ods"):ending>')
@permitted(CORRECT)
def settled_lines(cycle_id: int, ending: str = "") -> Any:
    """List the lines of a settled round, to be searched by person, product, producer or number."""
    search = request.args.get("q", "")[:60]
    with this_node().db.read() as session:
        settlement = settlement_page(session, cycle_id)
        allow(CORRECT, settlement.hub_id)
        if ending:
            return download(_table(session, settlement, search), ending)
        rows = queries.settled_lines(session, cycle_id, search=search, after=asked_number())
    last = rows[: queries.SIZE][-1].line_id if rows else None
    return render_template(
        "assembly/corrections/lines.html",
        settlement=settlement,
        page=paged(rows, queries.SIZE, str(last)),
        search=search,
    )


def _table(session: Any, settlement: Any, search: str) -> Table:
    columns = (
        Column(say("Order number")), Column(say("Resident")), Column(say("Producer")),
        Column(say("Product")), Column(say("Unit")), Column(say("Quantity"), "whole"),
        Column(say("Paid"), "won"), Column(given_back(), "won"),
    )  # fmt: skip
    found = queries.settled_lines(session, settlement.cycle_id, search=search, limit=100_000)
    rows = [
        (r.number, r.person_name, r.seller_name, r.product_name, r.unit_label, r.quantity, r.paid,
         -r.back)
        for r in found
    ]  # fmt: skip
    return Table(f"{say('Settled line by line')} {settlement.title}", columns, rows)


@blueprint.route("/settled-lines/<int:line_id>", methods=["GET", "POST"])
@permitted(CORRECT)
def correct_line(line_id: int) -> Any:
    """Show a settled line with its corrections, and correct it."""
    node = this_node()
    with node.db.read() as session:
        page = queries.line_page(session, line_id)
        allow(CORRECT, page.line.round_hub_id)
    form = Form(CorrectionForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                _correct(session, line_id, form.data)
        except WizzleError as error:
            form.failed(error)
        else:
            told("The correction is made. The money is on the resident's account.")
            return redirect(url_for("assembly.correct_line", line_id=line_id))
    key = form.values.get("idempotency_key") or node.random.token(12)
    body = render_template("assembly/corrections/line.html", page=page, form=form, key=key)
    return body, form.status


def _correct(session: Any, line_id: int, typed: dict[str, Any]) -> None:
    actions.correct(
        this_node(), session, line_id, typed["amount"],
        reason=typed["reason"], key=typed["idempotency_key"], actor_id=me().id,
    )  # fmt: skip
