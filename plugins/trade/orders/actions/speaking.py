"""What is said to the other side: written down as evidence and handed over to be delivered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from .....core.talk import Letter
from ..models import TradeEvent, TradeOrder
from ..queries import base, bundle_of
from ..rules import problems
from ..rules.bundles import digest, wish_of
from ..rules.reading import bundle_in
from ..rules.states import Side, State, Word
from ..rules.words import Document, Envelope, spoken_by_buyer, spoken_by_seller
from .letters import tell_hub

SEALED = frozenset(Word) - {Word.READY}
"""What can be shown to others in a dispute; a mere note needs no proof of its own."""


def envelope(node: Node, order: TradeOrder) -> Envelope:
    """Return the head of a new document about an order."""
    to_seller = order.side == Side.BUYER
    me, other = order.buyer_actor, order.seller_actor
    actor, to = (me, other) if to_seller else (other, me)
    id_ = f"{base(node)}/trade/activities/{node.random.token(16)}"
    return Envelope(id_, actor, to, node.clock.now())


def say_to_seller(node: Node, session: Session, order: TradeOrder, word: Word) -> None:
    """Say the buyer's word; what is wanted stands in the order's lines already."""
    head = envelope(node, order)
    about = order.answer_id if word is Word.TAKE else order.last_id
    wanted = wish_of(bundle_of(node, session, order))
    document = spoken_by_buyer(word, head, wanted, about)
    if word is not Word.UNDO:
        order.last_id = head.id
    post(node, session, order, document, word, until=word is Word.OFFER)


def say_to_buyer(node: Node, session: Session, order: TradeOrder, word: Word) -> None:
    """Say the seller's word, in which the whole order stands as it is now."""
    order.revision += 1
    repeat_to_buyer(node, session, order, word)


def said_before(session: Session, order: TradeOrder) -> dict[int, int]:
    """Return the most units that the buyer has ever asked for, by the number of the line."""
    documents = session.scalars(
        select(TradeEvent.document).where(
            TradeEvent.order_id == order.id,
            TradeEvent.direction == "out",
            TradeEvent.kind.in_((Word.OFFER.value, Word.AMEND.value, Word.TAKE.value)),
        )
    )
    most: dict[int, int] = {}
    for document in documents:
        for line in bundle_in(document).lines:
            most[line.no] = max(line.wanted, most.get(line.no, 0))
    return most


def repeat_to_buyer(node: Node, session: Session, order: TradeOrder, word: Word) -> None:
    """Say the same again: whoever has heard it already passes it over by its revision."""
    head = envelope(node, order)
    document = spoken_by_seller(word, head, bundle_of(node, session, order), order.last_id)
    order.answer_id = head.id
    post(node, session, order, document, word)


_LAST_WORD: Mapping[State, Word] = {
    State.COUNTERED: Word.COUNTER,
    State.ACCEPTED: Word.ACCEPT,
    State.REJECTED: Word.REJECT,
    State.EXPIRED: Word.EXPIRY,
    State.CANCELLED: Word.CANCEL,
    State.SHIPPED: Word.SHIPMENT,
    State.REFUNDED: Word.REFUND,
}


def repeat(node: Node, session: Session, order: TradeOrder) -> None:
    """Repeat the stored answer to what the buyer has said before; nothing if there is none."""
    if order.revision:
        word = _LAST_WORD.get(State(order.state), Word.READY)
        repeat_to_buyer(node, session, order, word)


def post(
    node: Node,
    session: Session,
    order: TradeOrder,
    document: Document,
    word: Word,
    *,
    until: bool = False,
) -> None:
    """Keep a document of an order and hand it over; Refused where nothing delivers."""
    order.said_at = node.clock.now()
    session.flush()
    note_event(node, session, "out", order.peer_host, document, word.value, order_id=order.id)
    letter = Letter(
        to=document["to"][0],
        document=document,
        lane=lane(order),
        sender_id=order.space_id,
        until=order.expires_at if until else None,
        sealed=word in SEALED,
    )
    if node.hooks.send_document(node=node, session=session, letter=letter) is None:
        raise Refused("This node is not connected to others, so that nothing can be sent.")


def as_far_as_it_goes(
    node: Node, session: Session, order: TradeOrder, say: Callable[[], None]
) -> None:
    """Say something that a whole round must not wait for: where nothing can be sent any more, the
    order is marked and the hub told."""
    try:
        with session.begin_nested():
            say()
    except Refused:
        order.problem = problems.UNREACHED.text
        tell_hub(node, session, order, "unreachable")


def lane(order: TradeOrder) -> str:
    """Return the lane in which all letters of an order arrive in their order."""
    return f"order:{order.order_ref}"


def note_event(
    node: Node,
    session: Session,
    direction: str,
    host: str,
    document: Mapping[str, Any],
    kind: str,
    *,
    order_id: int | None,
    note: str = "",
) -> None:
    """Keep a document as it is, with its hash."""
    session.add(
        TradeEvent(
            order_id=order_id,
            direction=direction,
            host=host,
            document_id=str(document["id"]),
            kind=kind,
            note=note[:200],
            hash=digest(document),
            document=dict(document),
            at=node.clock.now(),
        )
    )
    session.flush()
