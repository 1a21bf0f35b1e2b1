"""Lists of orders between nodes, and the page of one: what was agreed, and what can be done."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.values import Message, Viewer
from .....core.web import (
    Form,
    allow,
    asked_number,
    can,
    download,
    paged,
    permitted,
    this_member,
    this_node,
    told,
)
from ...pages import blueprint
from .. import actions, queries
from ..models import TradeOrder
from ..rules.answering import CANCEL_REASONS
from ..rules.states import Side, State, Word, may
from ..schemas import ReasonSchema, sent_in
from .access import BUY, LIST, READ, SELL, allow_acting, tell
from .papers import sheet_paper, sheet_table
from .words import event_of, problem_of, reason_of, state_of


@blueprint.get("/trade/orders")
@permitted(LIST)
def orders() -> str:
    """List the orders of the spaces that the viewer runs; a steward sees all."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        rows = queries.orders_of(session, _own(viewer), before=asked_number())
        last = str(rows[: queries.SIZE][-1].id) if rows else None
        page = paged(rows, queries.SIZE, last)
        return render_template("trade/orders/orders.html", page=page, state_of=state_of)


def _own(viewer: Viewer) -> frozenset[int] | None:
    return None if viewer.is_steward else viewer.spaces("activist", "owner")


@blueprint.route("/trade/orders/<int:order_id>", methods=["GET", "POST"])
@permitted(LIST)
def order(order_id: int) -> Any:
    """Show one order to whoever runs its space; the producer ships it here."""
    node, form = this_node(), Form(ReasonSchema())
    if request.method == "POST":
        try:
            with node.db.write() as session:
                found = _acting(session, order_id)
                rows = queries.rows_of_order(session, found.id)
                sent = sent_in(request.form, rows)
                actions.ship(node, session, order_id, sent, actor_id=this_member().id)
            told("Sent. The hub sees the delivery note.")
            return redirect(url_for("trade.order", order_id=order_id))
        except WizzleError as error:
            form.values = dict(request.form)
            form.failed(error)
    with node.db.read() as session:
        found = _visible(session, order_id)
        page = render_template("trade/orders/order.html", form=form, **_page(session, found))
    return page, form.status


def _page(session: Session, order: TradeOrder) -> dict[str, Any]:
    side, state = Side(order.side), State(order.state)
    acts = can(BUY if side is Side.BUYER else SELL, order.space_id)
    buyer_acts = acts and side is Side.BUYER and order.undone_at is None
    changeable = buyer_acts and may(side, Word.AMEND, state) and state is not State.EXPIRED
    return {
        "order": order,
        "lines": queries.rows_of_order(session, order.id),
        "state": state_of(order),
        "problem": problem_of(order.problem),
        "events": [event_of(each) for each in queries.events_of(session, order.id)],
        "reason_of": reason_of,
        "reasons": CANCEL_REASONS,
        "buying": side is Side.BUYER,
        "acts": acts,
        "differences": actions.differences(session, order) if changeable else [],
        "may": {
            "drop": buyer_acts and state is State.COUNTERED,
            "again": buyer_acts and state is State.EXPIRED,
            "cancel": buyer_acts and may(side, Word.UNDO, state),
            "confirm": acts and side is Side.SELLER and state is State.OFFERED,
            "decline": acts
            and side is Side.SELLER
            and (state is State.OFFERED or may(side, Word.CANCEL, state)),
            "ready": acts and side is Side.SELLER and may(side, Word.READY, state),
            "ship": acts and side is Side.SELLER and may(side, Word.SHIPMENT, state),
            "agree": acts and side is Side.SELLER and state is State.DISPUTED,
        },
    }


def _visible(session: Session, order_id: int) -> TradeOrder:
    found = queries.order_by_id(session, order_id)
    if not can(READ, found.space_id):
        raise NotFound("There is no such order.")
    return found


def _acting(session: Session, order_id: int) -> TradeOrder:
    found = _visible(session, order_id)
    allow_acting(found)
    return found


_BUYING: dict[str, tuple[Any, Message]] = {
    "drop": (
        actions.drop_dearer,
        Message("Left out. Residents are told, and the rest is taken.", {}),
    ),
    "cancel": (
        actions.cancel,
        Message("Sent. The order ends as soon as the producer has heard it.", {}),
    ),
    "again": (actions.ask_again, Message("Sent. The producer is asked again.", {})),
    "amend": (
        actions.amend_now,
        Message("Sent. The producer is told the whole order as it is now.", {}),
    ),
}


@blueprint.post("/trade/orders/<int:order_id>/<any(drop, cancel, again, amend):act>")
@permitted(BUY)
def act_as_buyer(order_id: int, act: str) -> Response:
    """Decide as the hub: drop what is dearer, cancel, ask again, send what has changed."""
    node, me = this_node(), this_member().id
    action, done = _BUYING[act]
    _check(order_id, BUY)
    try:
        with node.db.write() as session:
            action(node, session, order_id, actor_id=me)
        told(done.text)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("trade.order", order_id=order_id))


def _check(order_id: int, action: str) -> None:
    """Refuse whoever does not run the space whose order this is; strangers see none at all."""
    with this_node().db.read() as session:
        allow(action, _acting(session, order_id).space_id)


@blueprint.post("/trade/orders/<int:order_id>/<any(confirm, decline, ready, agree):act>")
@permitted(SELL)
def act_as_seller(order_id: int, act: str) -> Response:
    """Answer as the producer: confirm, cancel with a reason, make ready, agree on a shortage."""
    node, me = this_node(), this_member().id
    _check(order_id, SELL)
    try:
        with node.db.write() as session:
            if act == "decline":
                reason = request.form.get("reason", "")
                actions.decline(node, session, order_id, reason=reason, actor_id=me)
            else:
                _SELLING[act](node, session, order_id, actor_id=me)
        told("Done. The hub hears of it at once.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("trade.order", order_id=order_id))


_SELLING: dict[str, Any] = {
    "confirm": actions.confirm,
    "ready": actions.make_ready,
    "agree": actions.accept_shortage,
}


@blueprint.get("/trade/orders/<int:order_id>.<ending:ending>")
@permitted(LIST)
def order_file(order_id: int, ending: str) -> Response:
    """Hand out the order sheet."""
    with this_node().db.read() as session:
        found = _visible(session, order_id)
        rows = queries.rows_of_order(session, order_id)
        if ending == "pdf":
            return download(sheet_paper(found, rows))
        return download(sheet_table(found, rows), ending)
