"""What people of this node are told of orders between nodes, each in their own language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.language import Tongue
from .....core.models import Grant, Person
from .....core.node import Node
from .....core.notices import Notice, Words, tell
from .....core.values import Message
from ....market import ORDER_CHANGED
from ...kinds import HUB, SELLER
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
    named = {"buyer": order.peer_name, "title": order.title}

    def text(say: Tongue) -> str:
        day = say.gettext("Day of collection: %(day)s", day=order.due_on.isoformat())
        return f"{say.gettext(sentence.text, **named)}\n{day}"

    key = f"trade:{order.id}:{what}:{order.version}:{order.receipt}"
    notice = _about(order, SELLER.name, Message(subject.text, named), text, key=key)
    tell(node, session, people_with(session, order.space_id, "owner"), notice)


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
    named = {"seller": order.peer_name, "title": order.title}
    title = Message("%(seller)s: your order of %(title)s", named)
    key = f"trade:{order.id}:{what or order.state}:{order.revision}"
    notice = _about(order, HUB.name, title, sentence, key=key)
    tell(node, session, people_with(session, order.space_id, "activist"), notice)


def tell_residents(node: Node, session: Session, order: TradeOrder, lines: Sequence[Any]) -> None:
    """Tell residents, once for each order of theirs, what does not come."""
    by_order: dict[int, list[Any]] = {}
    for line in lines:
        by_order.setdefault(line.order_id, []).append(line)
    for order_id, found in sorted(by_order.items()):
        notice = Notice(
            kind=ORDER_CHANGED.name,
            title=Message(
                "Something of your order %(number)s does not come", {"number": found[0].number}
            ),
            text=_gone(order, found),
            url=f"/orders/{found[0].uid}",
            subject=order.occasion or "",
            heading=order.title,
            key=f"trade:{order.id}:{order.revision}:gone:{order_id}",
        )
        tell(node, session, found[0].person_id, notice)


def _gone(order: TradeOrder, lines: Sequence[Any]) -> Words:
    def text(say: Tongue) -> str:
        head = say.gettext(
            "%(seller)s cannot bring this to %(title)s. You pay nothing for it.",
            seller=order.peer_name,
            title=order.title,
        )
        goods = [f"- {line.product_name} {line.unit_label} × {line.delivered}" for line in lines]
        return "\n".join([head, *goods])

    return text


def _about(order: TradeOrder, kind: str, title: Message, text: Words, *, key: str) -> Notice:
    return Notice(
        kind=kind, title=title, text=text, url=f"/trade/orders/{order.id}",
        subject=f"trade:{order.id}", heading=order.title, key=key,
    )  # fmt: skip


def people_with(session: Session, space_id: int | None, role: str) -> Sequence[int]:
    """Return the ids of those who have a role in a space (None: on the node)."""
    return session.scalars(
        select(Person.id)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.space_id == space_id, Grant.role == role, Person.blocked_at.is_(None))
        .order_by(Person.id)
    ).all()
