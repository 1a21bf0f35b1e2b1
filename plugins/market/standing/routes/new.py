"""Beginning a standing order, from the page of a product."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from .....core.again import in_transaction
from .....core.errors import NotFound, WizzleError
from .....core.web import Form, asked_number, permitted, this_member, this_node, told
from ...catalog.queries import product_page
from ...orders.access import ORDER
from ...orders.rules import AT_COLLECTION
from ...pages import blueprint
from .. import actions, queries
from ..models import StandingOrder
from ..schemas import BeginForm, terms_of
from .words import ways_shown


@blueprint.route("/standing/new", methods=["GET", "POST"])
@permitted(ORDER)
def begin_standing() -> Any:
    """Ask where, how much, how often and from which day, and begin."""
    product_id = asked_number()
    if product_id is None:
        raise NotFound("There is no such product. It may have been taken off the list.")
    form = Form(BeginForm())
    if form.submitted():
        try:
            in_transaction(this_node().db, partial(_begin, product_id, form.data))
        except WizzleError as error:
            form.failed(error)
        else:
            told("Your standing order stands. We order it for you each time and tell you by mail.")
            return redirect(url_for("market.my_standing"))
    return _page(product_id, form)


def _begin(product_id: int, data: dict[str, Any], session: Session) -> StandingOrder:
    return actions.begin_standing(
        this_node(),
        session,
        this_member(),
        key=data["idempotency_key"],
        product_id=product_id,
        host_id=data["host_id"],
        begins_on=data["begins_on"],
        terms=terms_of(data),
    )


def _page(product_id: int, form: Form) -> Any:
    node = this_node()
    with node.db.look() as session:
        product = product_page(session, product_id)
        hubs = queries.hubs_for(node, session, product_id)
    day = queries.today(node)
    first = min((hub.on for hub in hubs if hub.on), default=day)
    if request.method == "GET":
        form.values = {
            "quantity": product.minimum,
            "every": 1,
            "payment": AT_COLLECTION,
            "begins_on": max(first, day).isoformat(),
            "host_id": hubs[0].id if hubs else "",
        }
    kept = form.values.get("idempotency_key")
    key = kept if kept and "idempotency_key" not in form.errors else node.random.token(24)
    page = render_template(
        "market/standing/new.html", product=product, hubs=hubs, form=form, key=key, today=day,
        ways=ways_shown(),
    )  # fmt: skip
    return page, form.status
