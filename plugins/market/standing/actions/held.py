"""Holding one's own standing order for a change, and what a product has to be for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import outbox
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ...orders.queries import goods
from ...orders.rules import Good, left_of, off_step, refusal
from ..models import StandingOrder
from ..queries import hubs_for
from ..rules import ACTIVE, ENDED, Opening

JOB = "market.standing"


def own(session: Session, person_id: int, uid: str) -> StandingOrder:
    """Return a standing order of this person, held; NotFound if it is none of theirs."""
    found = session.scalars(
        select(StandingOrder)
        .where(StandingOrder.uid == uid, StandingOrder.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such standing order.")
    return found


def going_on(session: Session, person_id: int, uid: str) -> StandingOrder:
    """Return a standing order that has not ended, held."""
    found = own(session, person_id, uid)
    if found.state == ENDED:
        raise Refused("This standing order has ended. You can begin a new one.")
    return found


def check_version(order: StandingOrder, version: int) -> None:
    """Refuse to change what has changed since it was shown."""
    if order.version != version:
        raise Refused("This standing order was changed in another window. Please look at it again.")


def good_for(session: Session, product_id: int, quantity: int) -> Good:
    """Return a product that is sold in such a quantity, Refused with why not."""
    good = goods(session, [product_id]).get(product_id)
    if good is None:
        raise NotFound("There is no such product. It may have been taken off the list.")
    if not good.sold:
        raise refusal(left_of(good.name, None))
    if (problem := off_step(good, quantity)) is not None:
        raise refusal(problem)
    return good


def join_open(node: Node, session: Session, order: StandingOrder, at: datetime) -> None:
    """Let a standing order join the round that its hub takes orders for now, if it is due there."""
    if order.state != ACTIVE:
        return
    for hub in hubs_for(node, session, order.product_id):
        if hub.id == order.host_id and hub.opening is not None:
            ask_for(session, hub.opening, at, f"{order.uid}:{order.version}")


def ask_for(session: Session, opening: Opening, at: datetime, suffix: str = "") -> None:
    """Ask for the making of the standing orders at an occasion."""
    key = f"{JOB}:{opening.occasion}" + (f":{suffix}" if suffix else "")
    payload = {**opening.payload, "after": 0, "key": key}
    outbox.enqueue(session, JOB, payload, key=key, at=at)
