"""Mail that a round's steps send out, each in its reader's language, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import outbox
from .....core.language import when, won
from .....core.models import Grant, Person, Space
from .....core.node import Node
from ....market import Order, OrderLine, orders_of
from ..models import Cycle
from ..rules import State


def tell(node: Node, session: Session, cycle: Cycle) -> None:
    """Tell those whom the state that the round has just entered concerns."""
    told = _TOLD.get(State(cycle.state))
    if told is not None:
        told(node, session, cycle)


def _tell_producers(node: Node, session: Session, cycle: Cycle) -> None:
    ordered = (
        select(OrderLine.seller_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.occasion == cycle.occasion, Order.state != "withdrawn")
    )
    owners = session.execute(
        select(Person.id, Person.email, Person.language, Space.id.label("seller_id"), Space.name)
        .join(Grant, Grant.person_id == Person.id)
        .join(Space, Space.id == Grant.space_id)
        .where(Grant.role == "owner", Space.id.in_(ordered), Person.blocked_at.is_(None))
        .order_by(Space.id, Person.id)
    )
    for owner in owners:
        say = partial(node.catalogues.tongue(owner.language).pgettext, "round")
        url = f"{node.settings.node.address}/rounds/{cycle.id}/sheets/{owner.seller_id}"
        text = [
            say("%(name)s has orders in the round %(title)s.", name=owner.name, title=cycle.title),
            say("Collection: %(time)s", time=_time(node, cycle, owner.language)),
            say("Place: %(place)s", place=_place(cycle)),
            "",
            say("Your order sheet: %(url)s", url=url),
            node.settings.node.name,
        ]
        subject = say("Your order sheet is here: %(title)s", title=cycle.title)
        key = f"assembly:sent:{cycle.id}:{owner.seller_id}:{owner.id}"
        _send(node, session, owner.email, subject, text, key=key)


def _tell_residents(node: Node, session: Session, cycle: Cycle) -> None:
    waiting = orders_of(session, cycle.occasion, states=("placed",))
    people = {
        person.id: person
        for person in session.execute(
            select(Person.id, Person.email, Person.language).where(
                Person.id.in_([order.person_id for order in waiting])
            )
        )
    }
    for order in waiting:
        person = people[order.person_id]
        say = partial(node.catalogues.tongue(person.language).pgettext, "round")
        text = [
            say("What you ordered in the round %(title)s is ready.", title=cycle.title),
            "",
            say("Collection code: %(code)s", code=order.code),
            say("Time: %(time)s", time=_time(node, cycle, person.language)),
            say("Place: %(place)s", place=_place(cycle)),
            say("To pay: %(amount)s", amount=won(order.amount, person.language)),
            "",
            say("Your order: %(url)s", url=f"{node.settings.node.address}/orders/{order.uid}"),
            node.settings.node.name,
        ]
        subject = say("Ready to collect: your code is %(code)s", code=order.code)
        key = f"assembly:ready:{cycle.id}:{order.id}"
        _send(node, session, person.email, subject, text, key=key)


def _time(node: Node, cycle: Cycle, language: str) -> str:
    zone = ZoneInfo(node.settings.node.time_zone)
    first, last = (when(at, zone, language) for at in (cycle.collect_from, cycle.collect_until))
    return f"{first} – {last}"


def _place(cycle: Cycle) -> str:
    return f"{cycle.place} ({cycle.address})" if cycle.address else cycle.place


def _send(
    node: Node, session: Session, to: str, subject: str, text: list[str], *, key: str
) -> None:
    mail = {"to": to, "subject": subject, "text": "\n".join(text)}
    outbox.enqueue(session, "mail", mail, key=key, at=node.clock.now())


_TOLD: dict[State, Callable[[Node, Session, Cycle], None]] = {
    State.SENT: _tell_producers,
    State.DISTRIBUTING: _tell_residents,
}
