"""Ordering what lies in the basket: one order for each occasion, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Table, and_, bindparam, delete, func, select
from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.errors import Refused
from .....core.models import Person
from .....core.node import Node
from .....core.statements import Statement
from ..models import BasketLine, Order
from ..queries import Basket, Part, basket_of
from ..rules import Orderer, place_at
from .agree import Agreed, Wish
from .place import check_payment, place, tail_of

_LINES: Table = BasketLine.__table__  # type: ignore[assignment]
_TAKE_OUT = Statement(
    delete(_LINES).where(
        _LINES.c.person_id == bindparam("person"),
        _LINES.c.occasion == bindparam("here"),
        _LINES.c.product_id == bindparam("product"),
        _LINES.c.quantity == bindparam("wanted"),
    )
)
_UNDER_KEY = and_(
    Order.person_id == bindparam("person_id"),
    func.substr(Order.key, 1, bindparam("length")) == bindparam("start"),
)
_STANDING = Statement(select(Order.id).where(_UNDER_KEY))
_AT_FIRST = Statement(
    select(Person.phone, Person.email, Order.id)
    .outerjoin(Order, and_(Order.person_id == Person.id, _UNDER_KEY))
    .where(Person.id == bindparam("person_id"))
    .with_for_update(read=True, of=Person)
)
"""Who orders, and stays until it is done, with the orders that stand under the key: one way to the
database and back."""


def check_out(
    node: Node,
    session: Session,
    person: Orderer,
    *,
    key: str,
    payment: str,
    shown: str,
    hosts: Mapping[str, int] | None = None,
) -> tuple[list[Order], bool]:
    """Order what can be ordered of a basket, and say whether that was done just now.

    ``shown`` is the ``Basket.shown`` of the page on which the person decided: if a price, a
    quantity, a place or what can be had is another by now, nothing is ordered. ``hosts`` says for
    an occasion at which of its places to collect. The same ``key`` again returns the same orders.
    """
    found = _AT_FIRST.all(session, _asked(person.id, key))
    standing = _read(session, [row.id for row in found if row.id is not None])
    if standing:
        return standing, False
    check_payment(node, payment)
    basket = basket_of(node, session, person.id)
    if basket.shown != shown or not basket.ready or not _taken_out(session, person.id, basket):
        standing = orders_of_checkout(session, person.id, key)  # ended while we were reading
        if standing:
            return standing, False
        raise _changed(basket)
    chosen = hosts or {}
    agreed = [
        _agreed(part, part.terms, key, chosen.get(part.occasion))
        for part in basket.ready
        if part.terms
    ]
    tail = tail_of(found[0] if found else None)
    return place(node, session, person, agreed, payment, tail=tail), True


def orders_of_checkout(session: Session, person_id: int, key: str) -> list[Order]:
    """Return the orders that a checkout with this key made."""
    return _read(session, [row.id for row in _STANDING.all(session, _asked(person_id, key))])


def _asked(person_id: int, key: str) -> dict[str, object]:
    return {"person_id": person_id, "start": f"{key}/", "length": len(key) + 1}


def _read(session: Session, ids: list[int]) -> list[Order]:
    if not ids:
        return []
    found = session.scalars(select(Order).where(Order.id.in_(ids)).order_by(Order.id)).all()
    for order in found:
        session.expunge(order)
    return list(found)


def _changed(basket: Basket) -> Refused:
    if not basket.ready:
        return Refused("Nothing in the basket can be ordered now. Nothing was ordered.")
    return Refused(
        "Nothing was ordered yet: something in the basket changed meanwhile. "
        "Please look at it and order again."
    )


def _agreed(part: Part, terms: SaleTerms, key: str, host_id: int | None) -> Agreed:
    wanted = {line.good.id: line.quantity for line in part.ready}
    wish = Wish(
        part.occasion,
        dict(sorted(wanted.items())),
        f"{key}/{part.occasion}",
        {line.good.id: line.if_short for line in part.ready},
        place_at(terms, host_id),
    )
    return Agreed(wish, terms, {line.good.id: line.good for line in part.ready})


def _taken_out(session: Session, person_id: int, basket: Basket) -> bool:
    """Take what is ordered out of the basket; what cannot be ordered now stays in it.

    False if some of it was taken or changed since it was read: of two windows that order the same
    basket under different keys, PostgreSQL lets both read it, and only one may have it.
    """
    ordered = [
        {
            "person": person_id,
            "here": part.occasion,
            "product": line.good.id,
            "wanted": line.quantity,
        }
        for part in basket.ready
        for line in part.ready
    ]
    return _TAKE_OUT.write(session, *ordered).count == len(ordered)
