"""Lines that do not come: too little was ordered together, or the seller cannot bring them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from .....core.node import Node
from ..models import Order, OrderLine
from ..rules import WITHDRAWN
from .deliver import set_delivered
from .held import touch
from .many import serve
from .notes import note
from .stock import move_stock


def cancel_lines(
    node: Node,
    session: Session,
    occasion: str,
    line_ids: Collection[int],
    *,
    carried: bool = False,
    by_seller: bool = False,
) -> list[int]:
    """Cancel these lines and give their counted goods back; return the orders with nothing left.

    Such an order is then ``withdrawn``; the others stand with what is left of them. ``carried``:
    the history says that the line goes over to the next sale; ``by_seller``: that the seller cannot
    bring it. No mail: whoever cancels tells.
    """
    at, units, emptied = node.clock.now(), dict[int, int](), list[int]()
    kind = "carried" if carried else "called_off" if by_seller else "missed_minimum"
    served = serve(node, session, occasion, line_ids)
    wanted = set(line_ids)
    for order_id, order in served.orders.items():
        lines = served.lines_of(order_id)
        for line in lines:
            if line.id in wanted and line.delivered:
                given = _cancel(node, session, line, kind)
                units[line.product_id] = units.get(line.product_id, 0) - given
        if any(line.delivered for line in lines):
            touch(session, order, at)
        else:
            _empty(node, session, order)
            emptied.append(order_id)
    move_stock(session, {product: number for product, number in units.items() if number})
    return emptied


def _cancel(node: Node, session: Session, line: OrderLine, kind: str) -> int:
    """Write that nothing comes of a line; return what its counted stock gets back."""
    given, before = min(line.taken, line.delivered), set_delivered(line, 0)
    line.taken -= given
    note(session, line.order_id, kind, at=node.clock.now(), actor_id=None, line=line.id,
         product=line.product_name, seller=line.seller_name, before=before)  # fmt: skip
    return given


def _empty(node: Node, session: Session, order: Order) -> None:
    at = node.clock.now()
    touch(session, order, at, WITHDRAWN)
    note(session, order.id, "emptied", at=at, actor_id=None)
