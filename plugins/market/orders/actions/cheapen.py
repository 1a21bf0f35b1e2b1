"""Goods that cost less than residents were told: the seller asks less, and so do we."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from .....core.node import Node
from ..rules import cost_of
from .held import touch
from .many import serve
from .notes import note


def cheapen(node: Node, session: Session, occasion: str, prices: Mapping[int, int]) -> int:
    """Lower the price of these lines (by id) of orders that wait; return how many were lowered.

    A price that is not lower than the one that stands changes nothing: nobody pays more than what
    they were told. Refused as a whole if an order no longer waits.
    """
    served, at = serve(node, session, occasion, prices), node.clock.now()
    lowered = 0
    for order_id, order in served.orders.items():
        lines = [
            line
            for line in served.lines_of(order_id)
            if line.id in prices and 0 < prices[line.id] < line.price
        ]
        for line in lines:
            before, line.price = line.price, prices[line.id]
            line.amount = cost_of(line)
            note(session, order_id, "cheaper", at=at, actor_id=None, line=line.id,
                 product=line.product_name, before=before, after=line.price)  # fmt: skip
        if lines:
            touch(session, order, at)
        lowered += len(lines)
    return lowered
