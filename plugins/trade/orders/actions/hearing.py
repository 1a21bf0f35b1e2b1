"""Documents of the other side: whose they are, what they say, and who takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.addresses import host_of
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.talk import Receipt, Received
from ..models import TradeEvent, TradeOrder
from ..rules.bundles import Bundle, digest
from ..rules.reading import Unreadable, address, bundle_in, came_in, part, ref, whole
from ..rules.states import Side, Word
from .buying import hear_seller
from .coming import hear_receipt
from .held import held_by_ref
from .selling import hear_undo, hear_wish
from .speaking import note_event

_WISHES = {"Offer": Word.OFFER, "Update": Word.AMEND, "Accept": Word.TAKE}
_OF_BUNDLES = {
    ("Offer", "AgreementBundle"),
    ("Update", "AgreementBundle"),
    ("Reject", "AgreementBundle"),
    ("Accept", "Offer"),
    ("Reject", "Offer"),
    ("Create", "EconomicEvent"),
    ("Create", "Document"),
}


def receive(node: Node, session: Session, received: Received) -> Receipt | None:
    """Take a document about an order, or return None if it is none; the same one changes nothing
    a second time."""
    kind = (received.kind, received.object_kind)
    if kind == ("Undo", "Offer") and "orderRef" in part(received.document, "object"):
        return _kept(node, session, received, "undo", _undo)
    if _action(received) == "pickup":
        return _kept(node, session, received, "receipt", _receipt)
    if kind in _OF_BUNDLES and _holds_bundle(received.document):
        return _kept(node, session, received, _word(received), _bundle)
    return None


def _action(received: Received) -> str:
    if (received.kind, received.object_kind) != ("Create", "EconomicEvent"):
        return ""
    return str(part(received.document, "object").get("action", ""))


def _word(received: Received) -> str:
    """Return what is written down of an activity: the same type says different things, depending
    on which side says it and of what."""
    kind, about = received.kind, received.object_kind
    if kind == "Offer" and "inReplyTo" in received.document:
        return Word.COUNTER.value
    if kind == "Create":
        shipment = about == "EconomicEvent" and _action(received) == "transfer"
        return Word.SHIPMENT.value if shipment else Word.READY.value
    if kind == "Reject" and about == "AgreementBundle":
        return Word.CANCEL.value
    return {"Update": Word.AMEND.value}.get(kind, kind.lower())


def _holds_bundle(document: Mapping[str, Any]) -> bool:
    for name in ("result", "object", "context"):
        found = document.get(name)
        if isinstance(found, Mapping) and found.get("type") == "AgreementBundle":
            return True
    return False


def _kept(node: Node, session: Session, received: Received, kind: str, take: Any) -> Receipt:
    """Let a document be taken, and keep it as evidence beside the order that it is about."""
    standing = known(session, received)
    order: TradeOrder | None = take(node, session, received)
    if order is None:
        raise NotFound("There is no such order here.")
    if not standing:
        note_event(node, session, "in", received.host, received.document, kind,
                   order_id=order.id)  # fmt: skip
    return Receipt(f"{kind}: {order.state}")


def known(session: Session, received: Received) -> bool:
    """Say whether a document was taken before; Refused if its id named another content then."""
    standing = session.scalar(
        select(TradeEvent.hash).where(
            TradeEvent.direction == "in", TradeEvent.document_id == received.id
        )
    )
    if standing is not None and standing != digest(received.document):
        raise Refused("This id has named another document already.")
    return standing is not None


def _bundle(node: Node, session: Session, received: Received) -> TradeOrder | None:
    bundle = bundle_in(received.document)
    return take_bundle(node, session, bundle, received)


def take_bundle(
    node: Node, session: Session, bundle: Bundle, received: Received
) -> TradeOrder | None:
    """Take a whole order as the side says it whose word it is."""
    if bundle.revision:
        _check_speaker(received, bundle.seller, bundle.uri)
        return hear_seller(node, session, bundle, id_=received.id)
    _check_speaker(received, bundle.buyer, bundle.view)
    word = _WISHES.get(received.kind)
    if word is None:
        raise Unreadable("object", "says nothing that a buyer may say")
    return hear_wish(node, session, bundle, word, host=received.host, id_=received.id)


def _check_speaker(received: Received, actor: str, uri: str) -> None:
    """Refuse words in another's name, and addresses on another node."""
    if received.actor != actor or host_of(uri) != received.host:
        raise Refused("Whoever sent this is not the one in whose name it speaks.")


def _undo(node: Node, session: Session, received: Received) -> TradeOrder | None:
    undone = part(received.document, "object")
    return hear_undo(
        node, session, buyer=received.actor, seller=address(undone, "provider"),
        ref=ref(undone), host=received.host,
    )  # fmt: skip


def _receipt(node: Node, session: Session, received: Received) -> TradeOrder | None:
    event = part(received.document, "object")
    order = held_by_ref(session, Side.SELLER, received.actor, ref(event))
    if order is not None:
        version = whole(event.get("version"), "version", 10_000, 1)
        hear_receipt(node, session, order, came_in(event), version)
    return order
