"""Money given back at a shop's desk."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from .....core.errors import Forbidden, NotFound, WizzleError
from .....core.language import won
from .....core.web import Form, permitted, this_member, this_node, this_tongue, told
from ...pages import ID, blueprint
from .. import actions, queries
from ..access import DESK, own_shop
from ..rules import shop_occasion
from ..schemas import RefundForm
from .desk import desk_page


@blueprint.post(f"/spaces/<slug>/orders/<uid>/lines/<{ID}:line_id>/refund")
@permitted(DESK)
def refund_line(slug: str, uid: str, line_id: int) -> Any:
    """Give money back for a line of an order that was handed over, and say which way it goes."""
    node, form = this_node(), Form(RefundForm())
    if not form.submitted():
        return desk_page(slug, form, f"{uid}-{line_id}")
    try:
        with node.db.write() as session:
            shop = own_shop(session, slug)
            order = queries.order_at(session, shop_occasion(shop.id), uid)
            if line_id not in {line.id for line in queries.lines_of_order(session, order.id)}:
                raise NotFound("There is no such order.")
            made = actions.refund(
                node, session, line_id, form.data["amount"], reason=form.data["reason"],
                key=form.data["idempotency_key"], actor_id=this_member().id,
            )  # fmt: skip
    except (Forbidden, NotFound):
        raise
    except WizzleError as error:
        form.failed(error)
        return desk_page(slug, form, f"{uid}-{line_id}")
    say_which_way(made.amount, made.cash)
    state, after = request.args.get("state"), request.args.get("after")
    return redirect(url_for("market.shop_orders", slug=slug, state=state, after=after))


def say_which_way(amount: int, cash: int) -> None:
    """Tell whoever gives money back how much of it is to be given in cash."""
    language = this_tongue().language
    if cash:
        told("Please give %(amount)s in cash.", amount=won(cash, language))
    if amount > cash:
        told("%(amount)s went onto the resident's balance.", amount=won(amount - cash, language))
