"""Beginning a standing order, once per key and once for each product at a hub."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.statements import Statement
from .....core.values import Message
from ...catalog.rules import piece_price
from ...orders.actions import check_payment
from ...orders.rules import AT_COLLECTION, Orderer
from ..models import StandingOrder
from ..queries import hubs_for, number_of, today
from ..rules import ACTIVE, MOST, Terms
from .held import good_for, join_open

_ORDERS: Table = StandingOrder.__table__  # type: ignore[assignment]
_INSERT = Statement(lambda insert: insert(_ORDERS).on_conflict_do_nothing().returning(_ORDERS.c.id))


def begin_standing(
    node: Node,
    session: Session,
    person: Orderer,
    *,
    key: str,
    product_id: int,
    host_id: int,
    begins_on: date,
    terms: Terms,
) -> StandingOrder:
    """Begin a standing order; a second call with the same ``key`` returns the same one.

    If the hub takes orders now for a day on which it is due, it joins that round at once. Refused
    if the product is not sold so, is not to be had at this hub, or is on a standing order there.
    """
    key = f"{person.id}:{key}"
    standing = _standing(session, StandingOrder.key == key)
    if standing is not None:
        return standing
    good = good_for(session, product_id, terms.quantity)
    payment = terms.payment or AT_COLLECTION
    check_payment(node, payment)
    _check(node, session, person, product_id, host_id, begins_on)
    at = node.clock.now()
    row = {
        "uid": node.random.token(12),
        "key": key,
        "person_id": person.id,
        "host_id": host_id,
        "product_id": product_id,
        "quantity": terms.quantity,
        "every": terms.every,
        "begins_on": begins_on,
        "price": piece_price(good),
        "unit_label": good.unit_label,
        **terms.if_short.columns,
        "payment": payment,
        "state": ACTIVE,
        "created_at": at,
        "version": 1,
    }
    made = _INSERT.one_or_none(session, row)
    if made is None:
        return _other(session, key)
    order = session.get_one(StandingOrder, made.id)
    join_open(node, session, order, at)
    return order


def _check(
    node: Node, session: Session, person: Orderer, product_id: int, host_id: int, begins_on: date
) -> None:
    if begins_on < today(node):
        raise Invalid({"begins_on": [Message("Please choose today or a later day.", {})]})
    if all(hub.id != host_id for hub in hubs_for(node, session, product_id)):
        raise Invalid({"host_id": [Message("Please choose one of the hubs shown.", {})]})
    if number_of(session, person.id) >= MOST:
        raise Refused("One person can have at most %(most)s standing orders.", most=MOST)


def _other(session: Session, key: str) -> StandingOrder:
    """Return what another request with this key has begun, Refused if it was another wish."""
    standing = _standing(session, StandingOrder.key == key)
    if standing is None:
        raise Refused(
            "You have a standing order of this at this hub already. "
            "You can change its quantity there."
        )
    return standing


def _standing(session: Session, *conditions: object) -> StandingOrder | None:
    return session.scalars(select(StandingOrder).where(*conditions)).one_or_none()  # type: ignore[arg-type]
