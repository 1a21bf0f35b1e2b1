"""The day of collection, on a phone: finding an order, handing it over, and what may go wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from marshmallow import Schema
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import Form, asked_place, paged, permitted, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..rules import CANCELLING, HANDING_OVER, SHORTAGE, State, shown_state
from ..schemas import ReasonForm, RefundForm, ShortageForm
from .access import RUN, me, own_cycle, tell
from .events import told_events
from .rounds import faced

SIZE = 50


@blueprint.get("/rounds/<int:cycle_id>/handover")
@permitted(RUN)
def handover(cycle_id: int) -> Any:
    """Find an order by name, code or the last digits of a phone number."""
    search = request.args.get("q", "").strip()[:60]
    done = request.args.get("done") == "yes"
    with this_node().db.read() as session:
        cycle = own_cycle(session, cycle_id)
        rows = queries.found_orders(
            session, cycle_id, search=search, done=done, after=_place(), limit=SIZE + 1
        )
        numbers = queries.counted_orders(session, cycle_id)
    if search and len(rows) == 1:
        return redirect(_order_url(cycle_id, rows[0].id))
    place = f"{rows[SIZE - 1].id}~{rows[SIZE - 1].person_name}" if len(rows) > SIZE else None
    return render_template(
        "assembly/cycles/handover.html",
        cycle=cycle, round=faced([cycle])[0], search=search, done=done,
        page=paged(rows, SIZE, place), numbers=numbers,
    )  # fmt: skip


def _place() -> tuple[str, int] | None:
    number, mark, name = (asked_place() or "").partition("~")
    return (name, int(number)) if mark and number.isdecimal() and len(number) < 10 else None


def _order_url(cycle_id: int, order_id: int) -> str:
    return url_for("assembly.handover_order", cycle_id=cycle_id, order_id=order_id)


@blueprint.get("/rounds/<int:cycle_id>/handover/<int:order_id>")
@permitted(RUN)
def handover_order(cycle_id: int, order_id: int) -> Any:
    """Show one order to tick, hand over, and put right."""
    node = this_node()
    with node.db.read() as session:
        cycle = own_cycle(session, cycle_id)
        card = queries.order_card(session, cycle_id, order_id)
    state = shown_state(State(cycle.state), cycle.cut_off, node.clock.now())
    placed = card.order.state == "placed"
    return render_template(
        "assembly/cycles/handover_order.html",
        cycle=cycle,
        card=card,
        order=card.order,
        events=told_events(card.events),
        handing_over=placed and state in HANDING_OVER,
        shortage=placed and state in SHORTAGE,
        cancelling=placed and state in CANCELLING,
        refunding=card.order.state == "collected" and state in HANDING_OVER and card.kept > 0,
        key=node.random.token(12),
    )


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>")
@permitted(RUN)
def hand_over(cycle_id: int, order_id: int) -> Response:
    """Hand an order over and take the money for it."""

    def act(session: Session, _typed: dict[str, Any]) -> None:
        shown = request.form.get("shown", type=int)
        actions.hand_over(this_node(), session, cycle_id, order_id, actor_id=me().id, shown=shown)

    if _done(cycle_id, None, act):
        told("Handed over. Thank you!")
        return redirect(url_for("assembly.handover", cycle_id=cycle_id))
    return redirect(_order_url(cycle_id, order_id))


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>/not-collected")
@permitted(RUN)
def not_collected(cycle_id: int, order_id: int) -> Response:
    """Note that nobody came for an order."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        actions.mark_not_collected(
            this_node(), session, cycle_id, order_id, reason=typed["reason"], actor_id=me().id
        )

    return _back(cycle_id, order_id, ReasonForm(), act, "Noted as not collected.")


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>/cancel")
@permitted(RUN)
def cancel_order(cycle_id: int, order_id: int) -> Response:
    """Cancel an order, with a reason that the resident is told."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        actions.cancel(
            this_node(), session, cycle_id, order_id, reason=typed["reason"], actor_id=me().id
        )

    return _back(
        cycle_id, order_id, ReasonForm(), act, "The order is cancelled and the resident was told."
    )


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>/lines/<int:line_id>/less")
@permitted(RUN)
def deliver_less(cycle_id: int, order_id: int, line_id: int) -> Response:
    """Note that there is less of a line than was ordered."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        actions.deliver_less(
            this_node(), session, cycle_id, line_id, typed["delivered"],
            reason=typed["reason"], actor_id=me().id,
        )  # fmt: skip

    return _back(cycle_id, order_id, ShortageForm(), act, "The order was put right.")


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>/lines/<int:line_id>/refund")
@permitted(RUN)
def refund(cycle_id: int, order_id: int, line_id: int) -> Response:
    """Give money back for a line."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        actions.refund(
            this_node(), session, cycle_id, line_id, typed["amount"],
            reason=typed["reason"], key=typed["idempotency_key"], actor_id=me().id,
        )  # fmt: skip

    return _back(cycle_id, order_id, RefundForm(), act, "The refund is written down.")


Act = Callable[[Session, dict[str, Any]], None]


def _back(cycle_id: int, order_id: int, schema: Schema, act: Act, words: str) -> Response:
    if _done(cycle_id, schema, act):
        told(words)
    return redirect(_order_url(cycle_id, order_id))


def _done(cycle_id: int, schema: Schema | None, act: Act) -> bool:
    """Do one thing with an order of a round that the viewer runs; tell why if it is refused."""
    node = this_node()
    with node.db.read() as session:
        own_cycle(session, cycle_id)
    form = Form(schema or Schema())
    if not form.submitted():
        for texts in form.errors.values():
            for text in texts:
                flash(text, "problem")
        return False
    try:
        with node.db.write() as session:
            act(session, form.data)
    except WizzleError as error:
        tell(error)
        return False
    return True
