"""A person's own orders: the list, and one with everything that may be done to it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from .....core.again import in_transaction
from .....core.answers import SaleTerms
from .....core.banks import bank_in
from .....core.errors import WizzleError
from .....core.paper import qr_svg
from .....core.web import (
    Form,
    asked_place,
    paged,
    permitted,
    say,
    this_member,
    this_node,
    this_tongue,
    told,
)
from ...accounts.rules import bank_account, transfer_text
from ...catalog.rules import WEIGHT
from ...pages import blueprint
from .. import actions, queries
from ..access import ORDER
from ..rules import PLACED, Item, places_of, why_closed
from ..schemas import ChangeForm, chosen_hosts, read_quantities, read_wishes
from .basket import FIELDS
from .history import told_events

SIZE = 20


@blueprint.get("/orders")
@permitted(ORDER)
def my_orders() -> Any:
    """List one's orders, the newest first."""
    asked = asked_place() or ""
    before = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    with this_node().db.look() as session:
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
        wishes = read_wishes(request.form)
        items = [
            Item(product_id, quantity, wishes.get((place, product_id)))
            for (place, product_id), quantity in quantities.items()
        ]
        host_id = chosen_hosts(request.form).get("")
        change = partial(_change, uid, items, form.data["version"], host_id)
        stands = in_transaction(this_node().db, change)
    except WizzleError as error:
        form.failed(error)
        return _page(uid, form)
    if any(item.quantity for item in items):
        told("Your order is changed.")
    else:
        _tell_withdrawn(not stands)
    return redirect(url_for("market.order", uid=uid))


@blueprint.post("/orders/<uid>/withdraw")
@permitted(ORDER)
def withdraw_order(uid: str) -> Any:
    """Withdraw an order."""
    form = Form(ChangeForm())
    try:
        withdrawn = in_transaction(this_node().db, partial(_withdraw, uid))
    except WizzleError as error:
        form.failed(error)
        return _page(uid, form)
    _tell_withdrawn(withdrawn)
    return redirect(url_for("market.order", uid=uid))


def _tell_withdrawn(wholly: bool) -> None:
    if wholly:
        told("Your order is withdrawn. There is nothing to pay.")
    else:
        told(
            "What could still be taken out is out. The rest is on order with its producer.", "note"
        )


def _change(
    uid: str, items: list[Item], version: int, host_id: int | None, session: Session
) -> bool:
    person = this_member()
    found = queries.own_order(session, person.id, uid)
    return actions.change_order(
        this_node(), session, person, found.id, items, version=version, host_id=host_id
    )


def _withdraw(uid: str, session: Session) -> bool:
    person = this_member()
    found = queries.own_order(session, person.id, uid)
    return actions.withdraw_order(this_node(), session, person, found.id)


def _page(uid: str, form: Form) -> Any:
    with this_node().db.look() as session:
        found = queries.own_order(session, this_member().id, uid)
        page = _drawn(session, found, form)
    return page, form.status


def _drawn(session: Session, found: Any, form: Form) -> str:
    node = this_node()
    lines = queries.lines_of_order(session, found.id)
    products = [line.product_id for line in lines]
    placed = found.state == PLACED
    terms = queries.terms_of(node, session, found.occasion, products) if placed else None
    closed = why_closed(terms, node.clock.now())
    now, events = queries.goods(session, products), queries.events_of(session, found.id)
    late = {
        line.product_id: why
        for line in lines
        if terms and (why := queries.why_late(node, terms, line.product_id, line.seller_name))
    }
    return render_template(
        "market/orders/order.html",
        order=found,
        lines=lines,
        now=now,
        closed=closed,
        open=placed and closed is None,
        late=late,
        own=terms.cut_offs if terms else {},
        places=places_of(terms) if terms and not closed else [],
        touched=any(
            line.delivered != line.quantity for line in lines if line.product_id not in late
        ),
        estimated=any(line.sold_by == WEIGHT and line.weighed_g is None for line in lines),
        events=told_events(events),
        amount=sum(line.amount for line in lines),
        refunded=sum(line.refunded for line in lines),
        due=queries.due_of(session, found.id) if found.state == PLACED else None,
        corrected=sum(each.details["amount"] for each in events if each.kind == "corrected"),
        bank=bank_account(node.host.settings("market")),
        bank_name=partial(bank_in, this_tongue().language),
        transfer_text=transfer_text(found.person_name, found.number),
        ways={way.name: way.title for way in node.host.collect("payment_providers", node=node)},
        form=form,
        qr=_code_for_hub(found.uid, terms),
        **FIELDS,
    )


def _code_for_hub(uid: str, terms: SaleTerms | None) -> Markup | None:
    """Return the QR code by which whoever hands an order over finds it, None where there is none;
    what it says is of use to nobody else."""
    if terms is None or not terms.arrival:
        return None
    address = this_node().settings.node.address.rstrip("/")
    return qr_svg(f"{address}{terms.arrival}{uid}", say("Code for those who hand it over"))
