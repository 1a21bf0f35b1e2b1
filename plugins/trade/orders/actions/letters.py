"""Mail about orders between nodes, to people of this node, each in their own language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import outbox
from .....core.models import Grant, Person
from .....core.node import Node
from .....core.values import Message
from ..models import TradeOrder

_TO_SELLER = {
    "offered": (
        Message("An order waits for you: %(buyer)s, %(title)s", {}),
        Message("%(buyer)s wants to order of you. Your goods are held until you answer.", {}),
    ),
    "accepted": (
        Message("New order from elsewhere: %(buyer)s, %(title)s", {}),
        Message("%(buyer)s has ordered of you, and your stock was enough: the order stands.", {}),
    ),
    "changed": (
        Message("Changed order: %(buyer)s, %(title)s", {}),
        Message("%(buyer)s has changed its order in time. It stands as it is now.", {}),
    ),
    "withdrawn": (
        Message("Withdrawn order: %(buyer)s, %(title)s", {}),
        Message("%(buyer)s has withdrawn its order. There is nothing to bring.", {}),
    ),
    "disputed": (
        Message("Less came than was sent: %(buyer)s, %(title)s", {}),
        Message("%(buyer)s counted less than you sent. Please look at it and decide.", {}),
    ),
    "unpaid": (
        Message("Less was paid than what came: %(buyer)s, %(title)s", {}),
        Message(
            "The round of %(buyer)s is settled, and it does not fit what came. Please look at it "
            "and decide.",
            {},
        ),
    ),
}
"""Subject and sentence."""


def tell_seller(node: Node, session: Session, order: TradeOrder, what: str) -> None:
    """Tell those who run the producer what has happened to an order."""
    subject, sentence = _TO_SELLER[what]
    url = f"{node.settings.node.address}/trade/orders/{order.id}"
    for person in _people(session, order.space_id, "owner"):
        say = partial(node.catalogues.tongue(person.language).gettext)
        named = {"buyer": order.peer_name, "title": order.title}
        text = [
            say(sentence.text, **named),
            say("Day of collection: %(day)s", day=order.due_on.isoformat()),
            "",
            say("The order: %(url)s", url=url),
            node.settings.node.name,
        ]
        key = f"trade:{order.id}:{what}:{order.version}:{order.receipt}:{person.id}"
        _send(node, session, person.email, say(subject.text, **named), text, key=key)


_TO_HUB = {
    "countered": Message("Some goods cost more now. Please decide what is to become of them.", {}),
    "rejected": Message(
        "The producer cannot bring anything of the order. Residents were told and pay "
        "nothing for it.",
        {},
    ),
    "cancelled": Message(
        "The producer has cancelled the order. Residents were told and pay nothing for it.", {}
    ),
    "expired": Message(
        "The producer did not answer in time. Please ask again, or cancel the order.", {}
    ),
    "disputed": Message(
        "The producer has cancelled an order of which goods have come. Please call.", {}
    ),
    "ready": Message("The goods stand ready.", {}),
    "silent": Message("The producer's node does not answer. We keep asking.", {}),
    "otherwise": Message(
        "The producer's node says otherwise than what was ordered. It was not taken. Please call.",
        {},
    ),
    "refused": Message("The other node did not book the settlement. Please call them.", {}),
    "unreachable": Message(
        "The other node could not be reached. Please decide what is to be done.", {}
    ),
}


def tell_hub(node: Node, session: Session, order: TradeOrder, what: str = "") -> None:
    """Tell those who run the hub what has become of its order."""
    sentence = _TO_HUB.get(what or order.state)
    if sentence is None:
        return
    url = f"{node.settings.node.address}/trade/orders/{order.id}"
    for person in _people(session, order.space_id, "activist"):
        say = partial(node.catalogues.tongue(person.language).gettext)
        subject = say("%(seller)s: your order of %(title)s", seller=order.peer_name,
                      title=order.title)  # fmt: skip
        text = [say(sentence.text), "", say("The order: %(url)s", url=url), node.settings.node.name]
        key = f"trade:{order.id}:{what or order.state}:{order.revision}:{person.id}"
        _send(node, session, person.email, subject, text, key=key)


def tell_residents(node: Node, session: Session, order: TradeOrder, lines: Sequence[Any]) -> None:
    """Tell residents, in one mail for each order of theirs, what does not come."""
    by_order: dict[int, list[Any]] = {}
    for line in lines:
        by_order.setdefault(line.order_id, []).append(line)
    ids = {found[0].person_id for found in by_order.values()}
    people = {p.id: p for p in session.scalars(select(Person).where(Person.id.in_(ids)))}
    for order_id, found in sorted(by_order.items()):
        person = people[found[0].person_id]
        say = partial(node.catalogues.tongue(person.language).gettext)
        url = f"{node.settings.node.address}/orders/{found[0].uid}"
        text = [
            say("%(seller)s cannot bring this to %(title)s. You pay nothing for it.",
                seller=order.peer_name, title=order.title),
            *[f"- {line.product_name} {line.unit_label} × {line.delivered}" for line in found],
            "",
            say("Your order: %(url)s", url=url),
            node.settings.node.name,
        ]  # fmt: skip
        subject = say("Something of your order %(number)s does not come", number=found[0].number)
        key = f"trade:{order.id}:{order.revision}:gone:{order_id}"
        _send(node, session, person.email, subject, text, key=key)


def _people(session: Session, space_id: int, role: str) -> list[Any]:
    return list(
        session.execute(
            select(Person.id, Person.email, Person.language)
            .join(Grant, Grant.person_id == Person.id)
            .where(Grant.space_id == space_id, Grant.role == role, Person.blocked_at.is_(None))
            .order_by(Person.id)
        )
    )


def _send(
    node: Node, session: Session, to: str, subject: str, text: list[str], *, key: str
) -> None:
    mail = {"to": to, "subject": subject, "text": "\n".join(text)}
    outbox.enqueue(session, "mail", mail, key=key, at=node.clock.now())
