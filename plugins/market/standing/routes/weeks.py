"""Single weeks of a standing order: skip one, have something else, have the usual after all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import render_template, request

from .....core.errors import NotFound, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...catalog.queries import Filter, product_cards
from ...catalog.rules import tidy
from ...orders.access import ORDER
from ...pages import blueprint
from .. import actions, queries
from ..schemas import SwapForm, WeekForm
from .one import back, page_of_one

SHOWN = 30
"""Products to choose from on one page."""


@blueprint.post("/standing/<uid>/skip")
@permitted(ORDER)
def skip_week(uid: str) -> Any:
    """Skip a week."""
    return _said(uid, actions.skip_week, Message("Nothing is ordered for you in this week.", {}))


@blueprint.post("/standing/<uid>/keep")
@permitted(ORDER)
def keep_week(uid: str) -> Any:
    """Have the usual in a week after all."""
    return _said(uid, actions.keep_week, Message("In this week you get the usual.", {}))


def _said(uid: str, action: Callable[..., None], words: Message) -> Any:
    form = Form(WeekForm())
    if not form.submitted():
        return page_of_one(uid, form)
    try:
        with this_node().db.write() as session:
            action(this_node(), session, this_member(), uid, form.data["on"])
    except WizzleError as error:
        form.failed(error)
        return page_of_one(uid, form)
    told(words.text)
    return back(uid)


@blueprint.route("/standing/<uid>/swap", methods=["GET", "POST"])
@permitted(ORDER)
def swap_week(uid: str) -> Any:
    """Choose what to have in one week instead: of the same seller, or found by words."""
    form = Form(SwapForm())
    if form.submitted():
        try:
            with this_node().db.write() as session:
                actions.swap_week(this_node(), session, this_member(), uid, **form.data)
        except WizzleError as error:
            form.failed(error)
        else:
            told("In this week you get that instead.")
            return back(uid)
    return _page(uid, form)


def _page(uid: str, form: Form) -> Any:
    words = tidy(request.values.get("q", ""))[:60]
    with this_node().db.look() as session:
        row = queries.own_standing(session, this_member().id, uid)
        wanted = Filter(words=words, seller_id=None if words else row.seller_id)
        cards = product_cards(session, wanted, limit=SHOWN)
    on = _day(str(form.values.get("on") or request.args.get("on", "")))
    page = render_template(
        "market/standing/swap.html",
        row=row,
        cards=[card for card in cards if card.id != row.product_id],
        form=form,
        on=on,
        words=words,
    )
    return page, form.status


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotFound("There is no such week.") from error
