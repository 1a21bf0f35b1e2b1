"""The checkout: everything that is agreed on one page, and one button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.again import in_transaction
from .....core.answers import PaymentProvider
from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, this_tongue, told
from ...catalog.routes.words import today
from ...catalog.rules import certificate_of
from ...pages import blueprint
from .. import actions, queries
from ..access import ORDER
from ..models import Order
from ..queries import Basket
from ..schemas import CHECKOUT, chosen_hosts


@blueprint.route("/checkout", methods=["GET", "POST"])
@permitted(ORDER)
def check_out() -> Any:
    """Show what is agreed and order it: all of it or nothing, and once per page shown."""
    node = this_node()
    ways = node.host.collect("payment_providers", node=node)
    form = Form(CHECKOUT, initial={"payment": ways[0].name if ways else ""})
    if form.submitted():
        try:
            order = partial(_order, form.data, chosen_hosts(request.form))
            orders, now = in_transaction(node.db, order)
            return _done(orders, now)
        except WizzleError as error:
            form.failed(error)
    return _page(form, ways)


def _order(
    data: Mapping[str, str], hosts: Mapping[str, int], session: Session
) -> tuple[list[Order], bool]:
    key, payment, shown = data["idempotency_key"], data["payment"], data["shown"]
    node, person = this_node(), this_member()
    return actions.check_out(
        node, session, person, key=key, payment=payment, shown=shown, hosts=hosts
    )


def _done(orders: Sequence[Order], now: bool) -> Response:
    if now:
        told("Thank you! Your order is placed.")
    else:
        told("This was ordered already. Here it is; nothing was ordered twice.", "note")
    if len(orders) == 1:
        return redirect(url_for("market.order", uid=orders[0].uid))
    return redirect(url_for("market.my_orders"))


def _page(form: Form, ways: Sequence[PaymentProvider]) -> Any:
    """Draw the page anew with what holds now; the key stays the one of the first drawing."""
    node = this_node()
    with node.db.look() as session:
        basket = queries.basket_of(node, session, this_member().id)
        usual = _usual_places(session, basket)
        due = queries.due_at_checkout(session, this_member().id, basket)
    if not basket.parts:
        return redirect(url_for("market.basket"))
    kept = form.values.get("idempotency_key")
    key = kept if kept and "idempotency_key" not in form.errors else node.random.token(24)
    page = render_template(
        "market/orders/checkout.html",
        basket=basket,
        due=due,
        form=form,
        ways_shown=[(way.name, way.title.in_language(this_tongue().language)) for way in ways],
        key=key,
        certificate_of=lambda good: certificate_of(good, today()),
        hosts=usual | chosen_hosts(form.values),
        own_number=node.settings.operator.business_number,
    )
    return page, form.status


def _usual_places(session: Session, basket: Basket) -> dict[str, int]:
    """Return at which place each part is collected unless another is chosen: where this person's
    last order was, if it can be, else the occasion's own."""
    several = [part for part in basket.ready if len(part.places) > 1]
    last = queries.last_host(session, this_member().id) if several else None
    found = {}
    for part in several:
        hosts = [place.host_id for place in part.places]
        found[part.occasion] = last if last in hosts else hosts[0]
    return found
