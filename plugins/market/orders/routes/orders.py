"""A person's own orders: the list, and one with everything that may be done to it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from .....core.errors import WizzleError
from .....core.web import Form, asked_place, paged, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..rules import PLACED, Item, why_closed
from ..schemas import ChangeForm, field_of, read_quantities
from .basket import ORDER
from .history import told_events

SIZE = 20


@blueprint.get("/orders")
@permitted(ORDER)
def my_orders() -> Any:
    """List one's orders, the newest first."""
    asked = asked_place() or ""
    before = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    with this_node().db.read() as session:
        rows = queries.my_orders(session, this_member().id, before=before, limit=SIZE + 1)
    place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
    return render_template("market/orders/orders.html", page=paged(rows, SIZE, place))


@blueprint.get("/orders/<uid>")
@permitted(ORDER)
def order(uid: str) -> Any:
    """Show one order: its code, place and time, goods and history."""
    return _page(uid, Form(ChangeForm()))


@blueprint.post("/orders/<uid>")
@permitted(ORDER)
def change_order(uid: str) -> Any:
    """Save new quantities of an order."""
    form = Form(ChangeForm())
    if not form.submitted():
        return _page(uid, form)
    try:
        quantities = read_quantities(request.form)
        items = [Item(product_id, quantity) for (_, product_id), quantity in quantities.items()]
        change = partial(_change, uid, items, form.data["version"])
        actions.in_transaction(this_node(), change)
    except WizzleError as error:
        form.failed(error)
        return _page(uid, form)
    if any(item.quantity for item in items):
        told("Your order is changed.")
    else:
        told("Your order is withdrawn. There is nothing to pay.")
    return redirect(url_for("market.order", uid=uid))


@blueprint.post("/orders/<uid>/withdraw")
@permitted(ORDER)
def withdraw_order(uid: str) -> Any:
    """Withdraw an order."""
    form = Form(ChangeForm())
    try:
        actions.in_transaction(this_node(), partial(_withdraw, uid))
    except WizzleError as error:
        form.failed(error)
        return _page(uid, form)
    told("Your order is withdrawn. There is nothing to pay.")
    return redirect(url_for("market.order", uid=uid))


def _change(uid: str, items: list[Item], version: int, session: Session) -> None:
    person = this_member()
    found = queries.own_order(session, person.id, uid)
    actions.change_order(this_node(), session, person, found.id, items, version=version)


def _withdraw(uid: str, session: Session) -> None:
    person = this_member()
    found = queries.own_order(session, person.id, uid)
    actions.withdraw_order(this_node(), session, person, found.id)


def _page(uid: str, form: Form) -> Any:
    with this_node().db.read() as session:
        found = queries.own_order(session, this_member().id, uid)
        page = _drawn(session, found, form)
    return page, form.status


def _drawn(session: Session, found: Any, form: Form) -> str:
    node = this_node()
    lines = queries.lines_of_order(session, found.id)
    terms = queries.terms_of(node, session, found.occasion) if found.state == PLACED else None
    closed = why_closed(terms, node.clock.now())
    now = queries.goods(session, [line.product_id for line in lines])
    return render_template(
        "market/orders/order.html",
        order=found,
        lines=lines,
        now=now,
        closed=closed,
        open=found.state == PLACED and closed is None,
        touched=any(line.delivered != line.quantity for line in lines),
        events=told_events(queries.events_of(session, found.id)),
        amount=sum(line.price * line.delivered for line in lines),
        refunded=sum(line.refunded for line in lines),
        ways={way.name: way.title for way in node.host.collect("payment_providers", node=node)},
        form=form,
        field_of=field_of,
    )
