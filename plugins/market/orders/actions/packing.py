"""Packing an order into bags, and letting one wait again that was noted as not collected."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import Refused
from .....core.node import Node
from ..rules import NOT_COLLECTED, PLACED
from .held import check_placed, held_unsettled, touch
from .notes import note

MOST_BAGS = 30


def pack(node: Node, session: Session, order_id: int, bags: int, *, actor_id: int) -> None:
    """Note that an order is packed into so many bags; 0 notes that it is not packed after all."""
    if not 0 <= bags <= MOST_BAGS:
        raise Refused("An order has between 0 and %(most)s bags.", most=MOST_BAGS)
    order = held_unsettled(node, session, order_id)
    check_placed(order)
    if (order.bags or 0) == bags:
        return
    at = node.clock.now()
    order.bags, order.packed_at = (bags, at) if bags else (None, None)
    touch(session, order, at)
    kind = "packed" if bags else "unpacked"
    note(session, order_id, kind, at=at, actor_id=actor_id, bags=bags)


def let_wait(node: Node, session: Session, order_id: int, *, actor_id: int) -> None:
    """Take back that nobody came for an order: it waits again and can be handed over. Refused for
    an order of somebody who has left: nobody could be asked to come for it any more."""
    order = held_unsettled(node, session, order_id)
    if order.state == PLACED:
        return
    if order.state != NOT_COLLECTED:
        check_placed(order)
    if members.stays(session, order.person_id) is None:
        raise Refused("Whoever ordered this has left. It cannot be handed over any more.")
    at = node.clock.now()
    touch(session, order, at, PLACED)
    note(session, order_id, "waits_again", at=at, actor_id=actor_id)
