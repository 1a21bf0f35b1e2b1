"""A shop's desk: the orders that wait to be handed over there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy import Row
from sqlalchemy.orm import Session

from .....core.errors import Forbidden, NotFound, Refused, WizzleError
from .....core.language import won
from .....core.web import (
    Form,
    asked_place,
    paged,
    permitted,
    this_member,
    this_node,
    this_tongue,
    told,
)
from ...pages import blueprint
from .. import actions, queries
from ..access import DESK, own_shop
from ..rules import COLLECTED, NOT_COLLECTED, PLACED, shop_occasion
from ..schemas import HandOverForm, ReasonForm

SIZE = 20
STATES = (PLACED, COLLECTED, NOT_COLLECTED)


@blueprint.get("/spaces/<slug>/orders")
@permitted(DESK)
def shop_orders(slug: str) -> Any:
    """List the orders of a shop in one state, found by code, number or name."""
    return desk_page(slug, Form(ReasonForm()))


def desk_page(slug: str, form: Form, formed: str = "") -> Any:
    """Draw the desk; ``formed`` names the form that was refused, with what was typed in it."""
    state = request.args.get("state", PLACED)
    asked = asked_place() or ""
    with this_node().db.read() as session:
        shop = own_shop(session, slug)
        rows = queries.orders_of(
            session,
            shop_occasion(shop.id),
            states=[state if state in STATES else PLACED],
            search=request.args.get("q", "")[:60],
            after=int(asked) if asked.isdecimal() and len(asked) < 10 else None,
            limit=SIZE + 1,
        )
        lines = _lines(session, shop.id, rows[:SIZE])
        dues = queries.dues(session, [row.id for row in rows[:SIZE]])
    place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
    page = render_template(
        "market/orders/desk.html",
        shop=shop,
        page=paged(rows, SIZE, place),
        lines=lines,
        dues=dues,
        bound=this_node().host.settings("market")["difference_up_to"],
        state=state,
        form=form,
        formed=formed,
        key=this_node().random.token(12),
    )
    return page, form.status


def _lines(
    session: Session, shop_id: int, orders: Sequence[Row[*tuple[Any, ...]]]
) -> dict[int, list[Any]]:
    """Return the lines of these orders by order, asked at once."""
    if not orders:
        return {}
    found = queries.order_lines(
        session,
        shop_occasion(shop_id),
        order_ids=[order.id for order in orders],
        states=STATES,
    )
    return {key: list(lines) for key, lines in groupby(found, key=lambda line: line.order_id)}


@blueprint.post("/spaces/<slug>/orders/<uid>/hand-over")
@permitted(DESK)
def hand_over(slug: str, uid: str) -> Any:
    """Hand an order over and take what it costs."""
    node, form = this_node(), Form(HandOverForm())
    if not form.submitted():
        return desk_page(slug, form, uid)
    try:
        with node.db.write() as session:
            shop = own_shop(session, slug)
            order = queries.order_at(session, shop_occasion(shop.id), uid)
            taken = actions.hand_over(
                node, session, order.id, actor_id=this_member().id, **form.data
            )
    except (Forbidden, NotFound):
        raise
    except Refused as refused:
        told(refused.message.text, "problem", **refused.message.values)
        return _back(slug)
    if order.state == COLLECTED and not taken:
        told("%(code)s was handed over already.", "note", code=order.code)
    else:
        amount = won(taken, this_tongue().language)
        told("%(code)s is handed over, %(amount)s taken.", code=order.code, amount=amount)
    return _back(slug)


@blueprint.post("/spaces/<slug>/orders/<uid>/not-collected")
@permitted(DESK)
def mark_not_collected(slug: str, uid: str) -> Any:
    """Note that nobody came for an order, with the reason."""
    code, refused = _with_reason(slug, uid, actions.mark_not_collected)
    if refused is not None:
        return refused
    told("%(code)s is noted as not collected.", code=code)
    return _back(slug)


@blueprint.post("/spaces/<slug>/orders/<uid>/cancel")
@permitted(DESK)
def cancel_order(slug: str, uid: str) -> Any:
    """Cancel an order that cannot be fulfilled, and tell the resident why."""
    code, refused = _with_reason(slug, uid, actions.cancel_by_hub)
    if refused is not None:
        return refused
    told("%(code)s is cancelled. The person who ordered is told by mail.", code=code)
    return _back(slug)


def _with_reason(slug: str, uid: str, action: Callable[..., None]) -> tuple[str, Any]:
    """Do something that needs a reason; return the order's code, or the page that says why not."""
    node, form = this_node(), Form(ReasonForm())
    form.submitted()
    try:
        with node.db.write() as session:
            shop = own_shop(session, slug)
            order = queries.order_at(session, shop_occasion(shop.id), uid)
            reason = form.data.get("reason", "")
            action(node, session, order.id, reason=reason, actor_id=this_member().id)
    except (Forbidden, NotFound):
        raise
    except WizzleError as error:
        form.failed(error)
        return "", desk_page(slug, form, uid)
    return order.code, None


def _back(slug: str) -> Any:
    place = request.args.get("after") or None
    return redirect(url_for("market.shop_orders", slug=slug, after=place))
