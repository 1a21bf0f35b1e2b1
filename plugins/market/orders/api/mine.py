"""A resident's own orders: the list, one, placing, changing and withdrawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from .....core.again import in_transaction
from .....core.errors import Invalid
from .....core.values import Message
from .....core.web import this_member, this_node
from .....core.web.api import Listing, api, listed, mark
from .....core.web.api.once import the_key
from .....core.web.api.problems import Problem, said
from ...pages import blueprint
from .. import actions, queries
from ..access import ORDER
from ..actions import Short
from ..rules import PLACED, SUBSTITUTE, IfShort, Item, why_closed
from .shapes import NewOrder, OrderChange, OrdersAsked, OrderSchema, OrderTile

READ, WRITE = "orders:read", "orders:write"
_EXAMPLE = {
    "occasion": "cycle:12",
    "items": [{"product_id": 7, "quantity": 2, "if_short": {"wish": "less"}}],
}


@blueprint.get("/api/v1/orders")
@api(
    ORDER, mark("One's orders, the newest first"), "orders",
    scope=READ, asks=OrdersAsked(), gives=OrderTile(), pages=True,
)  # fmt: skip
def api_orders(asked: Mapping[str, Any]) -> Listing:
    """List one's orders."""
    limit, cursor = asked["limit"], asked["cursor"]
    before = cursor[0] if cursor else None
    with this_node().db.look() as session:
        rows = queries.my_orders(session, this_member().id, before=before, limit=limit + 1)
    return listed(rows, limit, lambda row: (row.id,))


@blueprint.get("/api/v1/orders/<uid>")
@api(ORDER, mark("One order with its goods"), "orders", scope=READ, gives=OrderSchema())
def api_order(uid: str) -> Mapping[str, Any]:
    """Show one order."""
    with this_node().db.read() as session:
        return _told(session, uid)


@blueprint.post("/api/v1/orders")
@api(
    ORDER, mark("Place an order: all of it or nothing"), "orders",
    scope=WRITE, takes=NewOrder(), gives=OrderSchema(), creates=True, example=_EXAMPLE,
    about=mark("Whoever sends this orders with the duty to pay."),
)  # fmt: skip
def api_place(session: Session, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Order, as the checkout does; what cannot be had is named in `items` of the problem."""
    with told_short():
        order = actions.place_order(
            this_node(),
            session,
            this_member(),
            occasion=body["occasion"],
            items=_items(body["items"]),
            key=f"api:{the_key()}",
            payment=body["payment"],
            host_id=body["host_id"],
        )
    return _told(session, order.uid)


@blueprint.put("/api/v1/orders/<uid>")
@api(
    ORDER, mark("Change an order: it is as is sent from then on"), "orders",
    scope=WRITE, takes=OrderChange(), gives=OrderSchema(),
    example={"version": 1, "items": [{"product_id": 7, "quantity": 1}]},
)  # fmt: skip
def api_change(uid: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Set the quantities of an order anew."""
    return in_transaction(this_node().db, partial(_change, uid, body))


def _change(uid: str, body: Mapping[str, Any], session: Session) -> Mapping[str, Any]:
    person = this_member()
    found = queries.own_order(session, person.id, uid)
    with told_short():
        actions.change_order(
            this_node(), session, person, found.id, _items(body["items"]),
            version=body["version"], host_id=body["host_id"],
        )  # fmt: skip
    session.flush()
    return _told(session, uid)


@blueprint.post("/api/v1/orders/<uid>/withdraw")
@api(
    ORDER, mark("Withdraw an order; a second time changes nothing"), "orders",
    scope=WRITE, gives=OrderSchema(),
    about=mark("What is past the cut-off of its seller stays ordered."),
)  # fmt: skip
def api_withdraw(uid: str) -> Mapping[str, Any]:
    """Withdraw an order."""
    return in_transaction(this_node().db, partial(_withdraw, uid))


def _withdraw(uid: str, session: Session) -> Mapping[str, Any]:
    person = this_member()
    found = queries.own_order(session, person.id, uid)
    actions.withdraw_order(this_node(), session, person, found.id)
    session.flush()
    return _told(session, uid)


def _items(wanted: Sequence[Mapping[str, Any]]) -> list[Item]:
    return [
        Item(each["product_id"], each["quantity"], _if_short(place, each["if_short"]))
        for place, each in enumerate(wanted)
    ]


def _if_short(place: int, wish: Mapping[str, Any] | None) -> IfShort | None:
    if wish is None:
        return None
    if (wish["up_to"] is None) == (wish["wish"] == SUBSTITUTE):
        why = Message("Please send `up_to` with substitute, and only there.", {})
        raise Invalid({f"/items/{place}/if_short/up_to": [why]})
    return IfShort(wish["wish"], wish["up_to"])


def _told(session: Session, uid: str) -> Mapping[str, Any]:
    node = this_node()
    order = queries.own_order(session, this_member().id, uid)
    lines = queries.lines_of_order(session, order.id)
    placed = order.state == PLACED
    products = [line.product_id for line in lines]
    terms = queries.terms_of(node, session, order.occasion, products) if placed else None
    due = queries.due_of(session, order.id) if placed else None
    return {
        **order._asdict(),
        "amount": sum(line.amount - line.refunded for line in lines),
        "due": due.cash if due else None,
        "can_change": placed and why_closed(terms, node.clock.now()) is None,
        "items": lines,
    }


@contextmanager
def told_short() -> Iterator[None]:
    """Tell a program of everything that cannot be had, not of the first alone."""
    try:
        yield
    except Short as short:
        items = [
            {"product_id": product_id, "detail": said(why)}
            for product_id, why in short.problems.items()
        ]
        why = short.message
        raise Problem(409, "refused", why.text, values=why.values, items=items) from short
