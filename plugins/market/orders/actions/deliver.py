"""Delivering less, or all again after all, in many orders at once and with one reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ..models import OrderLine
from ..rules import cost_of, given_reason
from .held import touch
from .many import serve
from .notes import note
from .shortfall import tell_later


def deliver(
    node: Node,
    session: Session,
    occasion: str,
    delivered: Mapping[int, int],
    *,
    reason: str,
    actor_id: int,
    told: Mapping[int, Mapping[str, Any]] | None = None,
) -> int:
    """Set how many units of these lines (by id) can be handed over; return how many orders moved.

    What each costs follows, its history says why, and everyone concerned gets one mail with all
    that came short. ``told`` holds by line what else the history says. The stock stays as it is:
    what did not come is not there to be sold to others. Refused as a whole if an order no longer
    waits.
    """
    why, at = given_reason(reason), node.clock.now()
    served = serve(node, session, occasion, delivered)
    moved = {i for i, units in delivered.items() if served.lines[i].delivered != units}
    for order_id, order in served.orders.items():
        lines = [line for line in served.lines_of(order_id) if line.id in moved]
        if not lines:
            continue
        for line in lines:
            before = set_delivered(line, delivered[line.id])
            note(session, order_id, "shortened", at=at, actor_id=actor_id, line=line.id,
                 product=line.product_name, before=before, after=line.delivered, reason=why,
                 **(told or {}).get(line.id, {}))  # fmt: skip
        touch(session, order, at)
        tell_later(session, order, at)
    return len({served.lines[i].order_id for i in moved})


def set_delivered(line: OrderLine, delivered: int) -> int:
    """Write how many units of a line there are, and what they cost; return how many it was.

    Other pieces weigh something else: they have to be weighed anew.
    """
    if not 0 <= delivered <= line.quantity:
        raise Refused(
            "Between 0 and %(ordered)s of %(name)s can be delivered.",
            ordered=line.quantity,
            name=line.product_name,
        )
    before = line.delivered
    if before != delivered:
        line.delivered, line.weighed_g = delivered, None
        line.amount = cost_of(line)
    return before
