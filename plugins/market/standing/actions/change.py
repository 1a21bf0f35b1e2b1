"""Changing, pausing and ending a standing order."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ...catalog.rules import piece_price
from ...orders.actions import check_payment
from ...orders.rules import Good, Orderer
from ..models import StandingOrder
from ..rules import ACTIVE, ENDED, PAUSED, Terms
from .held import check_version, going_on, good_for, join_open, own


def change_standing(
    node: Node, session: Session, person: Orderer, uid: str, terms: Terms, *, version: int
) -> None:
    """Set it anew; whoever does so agrees to the price of today."""
    order = going_on(session, person.id, uid)
    chosen: dict[str, object] = {
        "quantity": terms.quantity,
        "every": terms.every,
        **terms.if_short.columns,
    }
    if terms.payment is not None:
        check_payment(node, terms.payment)
        chosen["payment"] = terms.payment
    good = good_for(session, order.product_id, terms.quantity)
    if all(getattr(order, name) == value for name, value in chosen.items()) and _agreed(
        order, good
    ):
        return
    check_version(order, version)
    for name, value in chosen.items():
        setattr(order, name, value)
    _agree(order, good)


def agree_to_price(session: Session, person: Orderer, uid: str, *, price: int) -> None:
    """Agree to what the product costs and is sold as now; ``price`` is the one that was shown."""
    order = going_on(session, person.id, uid)
    good = good_for(session, order.product_id, order.quantity)
    if piece_price(good) != price:
        raise Refused("The price has changed again. Please look at it once more.")
    if not _agreed(order, good):
        _agree(order, good)


def set_state(node: Node, session: Session, person: Orderer, uid: str, state: str) -> None:
    """Pause, resume or end a standing order; what has ended stays so.

    Resumed, it joins the round that takes orders now, if it is due there and had no turn yet.
    """
    order = own(session, person.id, uid)
    if order.state == state:
        return
    if order.state == ENDED or state not in (ACTIVE, PAUSED, ENDED):
        raise Refused("This standing order has ended. You can begin a new one.")
    order.state = state
    order.version += 1
    session.flush()
    join_open(node, session, order, node.clock.now())


def _agreed(order: StandingOrder, good: Good) -> bool:
    return order.price == piece_price(good) and order.unit_label == good.unit_label


def _agree(order: StandingOrder, good: Good) -> None:
    order.price, order.unit_label = piece_price(good), good.unit_label
    order.version += 1
