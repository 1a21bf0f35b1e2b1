"""What those who hand goods over may do with an order before they do: deliver less, cancel."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ..models import OrderLine
from ..rules import WITHDRAWN, given_reason
from .change import give_back
from .deliver import set_delivered
from .held import check_placed, held_line, held_unsettled, lines_of, touch
from .letters import cancelled_letter
from .notes import note
from .shortfall import tell_later
from .telling import tell


def deliver_less(
    node: Node, session: Session, line_id: int, delivered: int, *, reason: str, actor_id: int
) -> None:
    """Note that of a line only so many units can be handed over; all of them takes it back.

    The stock stays as it is: what did not come is not there to be sold to others. Refused once
    the order is handed over: then it is a refund.
    """
    why = given_reason(reason)
    order, line = held_line(node, session, line_id)
    check_placed(order)
    _check_not_both(lines_of(session, order.id).values(), line, delivered)
    at, before = node.clock.now(), set_delivered(line, delivered)
    if before == delivered:
        return
    touch(session, order, at)
    note(session, order.id, "shortened", at=at, actor_id=actor_id, line=line_id,
         product=line.product_name, before=before, after=delivered, reason=why)  # fmt: skip
    tell_later(session, order, at)


def _check_not_both(lines: Iterable[OrderLine], line: OrderLine, delivered: int) -> None:
    """Refuse to hand out more than was ordered, what came and what stands in for it together."""
    root = line.substitute_for_id or line.id
    both = [each for each in lines if root in (each.id, each.substitute_for_id)]
    ordered = next(each.quantity for each in both if each.id == root)
    others = sum(each.delivered for each in both if each.id != line.id)
    if delivered > line.delivered and len(both) > 1 and others + delivered > ordered:
        raise Refused(
            "Together with what stands in for it, this would be more than the %(ordered)s that were"
            " ordered. Please take one of both out first.",
            ordered=ordered,
        )


def cancel_by_hub(
    node: Node, session: Session, order_id: int, *, reason: str, actor_id: int
) -> None:
    """Cancel an order on the side of those who would hand it over, and tell the resident why.

    Its state is then ``withdrawn``; a second time changes nothing.
    """
    why = given_reason(reason)
    order = held_unsettled(node, session, order_id)
    if order.state == WITHDRAWN:
        return
    check_placed(order)
    at = node.clock.now()
    touch(session, order, at, WITHDRAWN)
    note(session, order_id, "cancelled", at=at, actor_id=actor_id, reason=why)
    cancelled_letter(node, session, order, why)
    tell(session, order, "cancelled", at)
    give_back(session, order_id)
