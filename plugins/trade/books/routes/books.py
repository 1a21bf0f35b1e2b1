"""The books with other nodes: what is owed, every event of it, payments, and the months."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import (
    Form,
    asked_number,
    download,
    paged,
    permitted,
    this_member,
    this_node,
    told,
)
from ...orders.routes.access import tell
from ...orders.routes.words import problem_of
from ...pages import blueprint
from .. import actions, queries
from ..schemas import PaymentForm, StatementForm
from .access import BOOKS
from .papers import is_whole, statement_paper, statement_table


@blueprint.get("/trade/books")
@permitted(BOOKS)
def books() -> str:
    """List what is owed to and by every node."""
    with this_node().db.read() as session:
        rows = queries.balances(session)
    return render_template("trade/books/books.html", rows=rows)


@blueprint.route("/trade/books/<host>", methods=["GET", "POST"])
@permitted(BOOKS)
def book(host: str) -> Any:
    """Show the book with one node; a payment that was made by bank is written down here."""
    node, form = this_node(), Form(PaymentForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.pay(
                    node, session, host, form.data["amount"], reference=form.data["reference"],
                    key=form.data["idempotency_key"], actor_id=this_member().id,
                )  # fmt: skip
            told("Written down. It is booked as soon as the other node has seen it arrive.")
            return redirect(url_for("trade.book", host=host))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        found = queries.bookings_of(session, host, before=asked_number())
        last = str(found[: queries.SIZE][-1].id) if found else None
        balance = queries.balance_with(session, host)
        page = render_template(
            "trade/books/book.html",
            host=host,
            balance=balance,
            left=balance.owed - queries.paid_and_waiting(session, host),
            page=paged(found, queries.SIZE, last),
            statements=queries.statements_of(session, host, limit=24),
            form=form,
            problem_of=problem_of,
            key=form.values.get("idempotency_key") or node.random.token(12),
        )
    return page, form.status


@blueprint.post("/trade/books/<host>/payments/<int:booking_id>/<any(arrived, missing):what>")
@permitted(BOOKS)
def confirm_payment(host: str, booking_id: int, what: str) -> Response:
    """Say whether a payment of another node has arrived."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.confirm(
                node, session, booking_id, arrived=what == "arrived", actor_id=this_member().id
            )
        told("Written down, and told to the other node.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("trade.book", host=host))


@blueprint.post("/trade/books/<host>/events/<int:booking_id>/again")
@permitted(BOOKS)
def say_event_again(host: str, booking_id: int) -> Response:
    """Tell the other node once more of a payment or another event that it has not heard of."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.say_again(node, session, booking_id, actor_id=this_member().id)
        told("It is on its way to the other node again.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("trade.book", host=host))


@blueprint.post("/trade/books/<host>/statements")
@permitted(BOOKS)
def make_netting_statement(host: str) -> Response:
    """State a month with another node; the same statement is not made twice."""
    node, form = this_node(), Form(StatementForm())
    if not form.submitted():
        told("A month is written like 2026-11.", "problem")
        return redirect(url_for("trade.book", host=host))
    try:
        with node.db.write() as session:
            made = actions.make_statement(node, session, host, form.data["month"])
        return redirect(url_for("trade.netting_statement", statement_id=made.id))
    except WizzleError as error:
        tell(error)
    return redirect(url_for("trade.book", host=host))


@blueprint.get("/trade/statements/<int:statement_id>")
@permitted(BOOKS)
def netting_statement(statement_id: int) -> str:
    """Show the statement of a month, and on which events the other side does not agree."""
    with this_node().db.read() as session:
        found = queries.statement_by_id(session, statement_id)
    return render_template("trade/books/statement.html", statement=found, whole=is_whole(found))


@blueprint.get("/trade/statements/<int:statement_id>.<ending:ending>")
@permitted(BOOKS)
def netting_statement_file(statement_id: int, ending: str) -> Response:
    """Hand out the statement of a month as a file."""
    with this_node().db.read() as session:
        found = queries.statement_by_id(session, statement_id)
    if ending == "pdf":
        return download(statement_paper(found))
    return download(statement_table(found), ending)
