"""The day of collection, on a phone: finding an order, handing it over, and what may go wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from marshmallow import Schema
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, Refused, WizzleError
from .....core.language import won
from .....core.web import Form, asked_place, paged, permitted, this_node, this_tongue, told
from ....market import Refund
from ...pages import blueprint
from .. import actions, queries
from ..queries import AnyRow
from ..rules import (
    CANCELLING,
    EARLY,
    HANDING_OVER,
    SHORTAGE,
    State,
    bag_mark,
    is_early,
    line_mark,
    shown_state,
)
from ..schemas import HandOverForm, ReasonForm, RefundForm, ShortageForm
from .access import RUN, me, served_cycle, zone
from .events import told_events
from .rounds import faced

SIZE = 50
MOST_TICKS = 300
Act = Callable[[Session, dict[str, Any]], None]


@blueprint.get("/rounds/<int:cycle_id>/handover")
@permitted(RUN)
def handover(cycle_id: int) -> Any:
    """Find an order by name, code or the last digits of a phone number."""
    search = request.args.get("q", "").strip()[:60]
    done = request.args.get("done") == "yes"
    with this_node().db.read() as session:
        served = served_cycle(session, cycle_id)
        rows = queries.found_orders(
            session, cycle_id, search=search, done=done, hubs=served.hubs,
            after=_place(), limit=SIZE + 1,
        )  # fmt: skip
        numbers = queries.counted_orders(session, cycle_id, served.hubs)
    if search and len(rows) == 1:
        return redirect(_order_url(cycle_id, rows[0].id))
    place = f"{rows[SIZE - 1].id}~{rows[SIZE - 1].person_name}" if len(rows) > SIZE else None
    cycle = served.cycle
    return render_template(
        "assembly/cycles/handover.html",
        cycle=cycle, round=faced([cycle])[0], search=search, done=done, runs=served.hubs is None,
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
    return _page(cycle_id, order_id, Form(Schema()))


def _page(cycle_id: int, order_id: int, form: Form, formed: str = "") -> Any:
    """Draw the page of an order; ``formed`` names the form that was refused, with what was typed
    in it."""
    node = this_node()
    with node.db.read() as session:
        served = served_cycle(session, cycle_id)
        card = queries.order_card(session, cycle_id, order_id)
    served.check(card.order.host_id)
    cycle, order = served.cycle, card.order
    state = shown_state(State(cycle.state), cycle.cut_off, node.clock.now())
    placed = order.state == "placed"
    page = render_template(
        "assembly/cycles/handover_order.html",
        cycle=cycle,
        card=card,
        order=order,
        events=told_events(card.events),
        handing_over=placed and state in HANDING_OVER,
        early=placed and state in HANDING_OVER and _is_early(order),
        waiting_again=order.state == "not_collected" and state in HANDING_OVER,
        shortage=placed and state in SHORTAGE,
        cancelling=placed and state in CANCELLING,
        refunding=order.state == "collected" and state in HANDING_OVER and card.kept > 0,
        bound=node.host.settings("market")["difference_up_to"],
        key=node.random.token(12),
        form=form,
        formed=formed,
        bag_mark=bag_mark,
        line_mark=line_mark,
    )
    return page, form.status


def _is_early(order: AnyRow) -> bool:
    return is_early(order.collect_from, this_node().clock.now(), zone())


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>")
@permitted(RUN)
def hand_over(cycle_id: int, order_id: int) -> Any:
    """Hand an order over and take the money for it; before its day only if somebody means it."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        _check_day(session, cycle_id, order_id)
        actions.hand_over(this_node(), session, cycle_id, order_id, actor_id=me().id, **typed)

    def done() -> Response:
        told("Handed over. Thank you!")
        return redirect(url_for("assembly.handover", cycle_id=cycle_id))

    return _done(cycle_id, order_id, ("hand", HandOverForm()), act, done)


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>/ticks")
@permitted(RUN)
def keep_ticks(cycle_id: int, order_id: int) -> Any:
    """Keep what of an order lies ready; asked quietly by the page itself, or by its button."""
    marks = request.form.getlist("tick")[:MOST_TICKS]

    def act(session: Session, _typed: dict[str, Any]) -> None:
        actions.keep_ticks(this_node(), session, cycle_id, order_id, marks)

    def done() -> Any:
        if request.form.get("quiet"):
            return "", 204
        told("The ticks are kept.")
        return redirect(_order_url(cycle_id, order_id))

    return _done(cycle_id, order_id, ("ticks", Schema()), act, done)


def _check_day(session: Session, cycle_id: int, order_id: int) -> None:
    order = queries.served_order(session, cycle_id, order_id)
    if _is_early(order) and request.form.get("early") != "yes":
        raise Refused(EARLY.text)


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>/not-collected")
@permitted(RUN)
def not_collected(cycle_id: int, order_id: int) -> Any:
    """Note that nobody came for an order."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        actions.mark_not_collected(
            this_node(), session, cycle_id, order_id, reason=typed["reason"], actor_id=me().id
        )

    back = _back(cycle_id, order_id, "Noted as not collected.")
    return _done(cycle_id, order_id, ("not", ReasonForm()), act, back)


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>/cancel")
@permitted(RUN)
def cancel_order(cycle_id: int, order_id: int) -> Any:
    """Cancel an order, with a reason that the resident is told."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        actions.cancel(
            this_node(), session, cycle_id, order_id, reason=typed["reason"], actor_id=me().id
        )

    back = _back(cycle_id, order_id, "The order is cancelled and the resident was told.")
    return _done(cycle_id, order_id, ("cancel", ReasonForm()), act, back)


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>/lines/<int:line_id>/less")
@permitted(RUN)
def deliver_less(cycle_id: int, order_id: int, line_id: int) -> Any:
    """Note that there is less of a line than was ordered."""

    def act(session: Session, typed: dict[str, Any]) -> None:
        _check_line(session, order_id, line_id)
        actions.deliver_less(
            this_node(), session, cycle_id, line_id, typed["delivered"],
            reason=typed["reason"], actor_id=me().id,
        )  # fmt: skip

    back = _back(cycle_id, order_id, "The order was put right.")
    return _done(cycle_id, order_id, (f"less-{line_id}", ShortageForm()), act, back)


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>/lines/<int:line_id>/refund")
@permitted(RUN)
def refund(cycle_id: int, order_id: int, line_id: int) -> Any:
    """Give money back for a line, and say which way it goes."""
    given: list[Refund] = []

    def act(session: Session, typed: dict[str, Any]) -> None:
        _check_line(session, order_id, line_id)
        made = actions.refund(
            this_node(), session, cycle_id, line_id, typed["amount"],
            reason=typed["reason"], key=typed["idempotency_key"], actor_id=me().id,
        )  # fmt: skip
        given.append(made)

    def back() -> Response:
        told("The refund is written down.")
        language = this_tongue().language
        if given[0].cash:
            told("Please give %(amount)s in cash.", amount=won(given[0].cash, language))
        if kept := given[0].amount - given[0].cash:
            told("%(amount)s went onto the resident's balance.", amount=won(kept, language))
        return redirect(_order_url(cycle_id, order_id))

    return _done(cycle_id, order_id, (f"back-{line_id}", RefundForm()), act, back)


def _check_line(session: Session, order_id: int, line_id: int) -> None:
    """Refuse a line of another order: whose hub it is was asked of this one."""
    if not queries.is_line_of(session, order_id, line_id):
        raise Refused("There is no such order in this round.")


def _back(cycle_id: int, order_id: int, words: str) -> Callable[[], Response]:
    def done() -> Response:
        told(words)
        return redirect(_order_url(cycle_id, order_id))

    return done


def _done(
    cycle_id: int,
    order_id: int,
    asked: tuple[str, Schema],
    act: Act,
    done: Callable[[], Any],
) -> Any:
    """Do one thing with an order that the viewer serves; the page again if it is refused."""
    node, (formed, schema) = this_node(), asked
    with node.db.read() as session:
        served = served_cycle(session, cycle_id)
        served.check(queries.served_order(session, cycle_id, order_id).host_id)
    form = Form(schema)
    if form.submitted():
        try:
            with node.db.write() as session:
                act(session, form.data)
            return done()
        except Forbidden:
            raise
        except WizzleError as error:
            form.failed(error)
    return _page(cycle_id, order_id, form, formed)
