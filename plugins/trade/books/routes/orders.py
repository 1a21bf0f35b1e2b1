"""What an order between nodes came to, for whoever runs one of its spaces."""

from __future__ import annotations

from flask import render_template

from .....core.errors import NotFound
from .....core.web import can, permitted, this_node
from ...orders.queries import order_by_id
from ...orders.routes.access import LIST, READ
from ...orders.rules.states import Side
from ...pages import blueprint
from .. import queries


@blueprint.get("/trade/orders/<int:order_id>/money")
@permitted(LIST)
def order_money(order_id: int) -> str:
    """Show what residents paid, who got what of it, and what was taken back since."""
    with this_node().db.read() as session:
        order = order_by_id(session, order_id)
        if not can(READ, order.space_id):
            raise NotFound("There is no such order.")
        rows = queries.bookings_for(session, order_id)
        if not rows:
            raise NotFound("This order is not settled yet.")
        return render_template(
            "trade/books/order.html", order=order, rows=rows, buying=order.side == Side.BUYER
        )
