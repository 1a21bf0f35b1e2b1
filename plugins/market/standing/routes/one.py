"""One standing order: its terms, its next weeks, pausing and ending it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.again import in_transaction
from .....core.errors import WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...orders.access import ORDER
from ...pages import blueprint
from .. import actions, queries
from ..rules import ENDED, is_too_dear
from ..schemas import ChangeForm, PriceForm, StateForm, terms_of
from .mine import shown_of
from .words import ways_shown, why

_SAID = {
    "active": Message("It goes on. You see here when it comes next.", {}),
    "paused": Message("It rests until you let it go on.", {}),
    "ended": Message("It has ended. What is ordered already stays ordered.", {}),
}


@blueprint.get("/standing/<uid>")
@permitted(ORDER)
def standing(uid: str) -> Any:
    """Show one standing order."""
    return page_of_one(uid, Form(ChangeForm()))


@blueprint.post("/standing/<uid>")
@permitted(ORDER)
def change_standing(uid: str) -> Any:
    """Save new terms."""
    form = Form(ChangeForm())
    if not form.submitted():
        return page_of_one(uid, form)
    try:
        in_transaction(this_node().db, partial(_change, uid, form.data))
    except WizzleError as error:
        form.failed(error)
        return page_of_one(uid, form)
    told("Your standing order is changed. It holds from the next time on.")
    return back(uid)


def _change(uid: str, data: dict[str, Any], session: Session) -> None:
    actions.change_standing(
        this_node(), session, this_member(), uid, terms_of(data), version=data["version"]
    )


@blueprint.post("/standing/<uid>/state")
@permitted(ORDER)
def set_standing_state(uid: str) -> Any:
    """Pause it, let it go on, or end it."""
    form = Form(StateForm())
    if not form.submitted():
        return page_of_one(uid, form)
    state = form.data["state"]
    try:
        with this_node().db.write() as session:
            actions.set_state(this_node(), session, this_member(), uid, state)
    except WizzleError as error:
        form.failed(error)
        return page_of_one(uid, form)
    told(_SAID[state].text)
    return redirect(url_for("market.my_standing")) if state == ENDED else back(uid)


@blueprint.post("/standing/<uid>/price")
@permitted(ORDER)
def agree_to_price(uid: str) -> Any:
    """Agree to the price of today."""
    form = Form(PriceForm())
    if not form.submitted():
        return page_of_one(uid, form)
    try:
        with this_node().db.write() as session:
            actions.agree_to_price(session, this_member(), uid, **form.data)
    except WizzleError as error:
        form.failed(error)
        return page_of_one(uid, form)
    told("It goes on at this price.")
    return back(uid)


def page_of_one(uid: str, form: Form) -> Any:
    """Draw one standing order with what was typed in one of its forms."""
    node = this_node()
    with node.db.look() as session:
        row = queries.own_standing(session, this_member().id, uid)
        it = shown_of(session, [row])[0]
    page = render_template(
        "market/standing/one.html",
        it=it,
        form=form,
        why=why,
        is_too_dear=is_too_dear,
        today=queries.today(node),
        ways=ways_shown(),
    )
    return page, form.status


def back(uid: str) -> Response:
    """Go back to the page of a standing order."""
    return redirect(url_for("market.standing", uid=uid))
