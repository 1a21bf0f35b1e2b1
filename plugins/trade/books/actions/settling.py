"""A round that was settled: what its sales owe to producers elsewhere is booked and told."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.addresses import space_actor
from .....core.answers import Letter
from .....core.facts import SellerShare, SharesReversed, SharesSettled
from .....core.node import Node
from .....core.values import NOTHING
from ...orders.actions import as_far_as_it_goes, held, move, note_event, receive_goods
from ...orders.models import TradeOrder
from ...orders.queries import base
from ...orders.rules import problems
from ...orders.rules.states import Side, State, Word, may
from ...orders.rules.words import Document, Envelope
from ..models import Booking
from ..queries import portions_of
from ..rules.documents import CORRECTION, SETTLEMENT, correction, settlement
from ..rules.splitting import shares
from .booking import book, new, whole_second


class Unequal(Exception):
    """The shares told are not those of the portions: a mistake in the program."""


def settled(node: Node, session: Session, fact: SharesSettled) -> None:
    """Book what each producer elsewhere is owed, in the transaction that settles the round."""
    told = {each.seller_id: each for each in fact.sellers}
    receive_goods(node, session, fact.occasion)
    ids = session.scalars(
        select(TradeOrder.id)
        .where(TradeOrder.occasion == fact.occasion, TradeOrder.side == Side.BUYER)
        .order_by(TradeOrder.id)
    ).all()
    for order_id in ids:
        order = held(session, order_id)
        share = told.get(order.mirror_id or 0)
        if may(Side.BUYER, Word.SETTLEMENT, State(order.state)):
            _settle(node, session, order, share)
        elif share is not None:
            # The producer never agreed: what was sold all the same is owed to it, but its node's
            # book knows nothing of it, so the mirror must not either until people have spoken.
            order.problem = problems.UNANSWERED.text


def _settle(node: Node, session: Session, order: TradeOrder, share: SellerShare | None) -> None:
    head, event_id = _head(node, order), _event_id(node)
    sold = portions_of(session, order)
    split = shares(sold, order.activist_bp, order.centre_bp)
    if split != (share.split if share is not None else NOTHING):
        raise Unequal(f"order {order.id}: {split} is not {share}")
    booking = new(
        node, event_id, order.peer_host, SETTLEMENT, split.producer, made_here=True,
        order_id=order.id, space_id=order.mirror_id, at=whole_second(head.at),
        details={"paid": split.paid, "activist": split.activist, "centre": split.centre},
    )  # fmt: skip
    other = ledger.account("producer", order.mirror_id)
    book(node, session, booking, other, f"{order.title} · {order.peer_name}")
    move(node, session, order, Word.SETTLEMENT)
    order.settled_at = node.clock.now()
    document = settlement(head, event_id, order.order_ref, order.bundle_uri, sold, split)
    _send(node, session, order, document, SETTLEMENT)


def reversed_(node: Node, session: Session, fact: SharesReversed) -> None:
    """Book what a correction takes back of a producer's share elsewhere, and tell it."""
    order_id = session.scalar(
        select(TradeOrder.id).where(
            TradeOrder.occasion == fact.occasion, TradeOrder.mirror_id == fact.seller_id
        )
    )
    if order_id is None or not fact.split.producer:
        return
    order = held(session, order_id)
    head, event_id = _head(node, order), _event_id(node)
    corrects = session.scalars(
        select(Booking.event_id).where(
            Booking.order_id == order.id, Booking.kind == SETTLEMENT, Booking.made_here
        )
    ).first()
    if corrects is None:
        return  # never settled with the other node: its book knows nothing that could be corrected
    booking = new(
        node, event_id, order.peer_host, CORRECTION, -fact.split.producer, made_here=True,
        order_id=order.id, space_id=order.mirror_id, at=whole_second(head.at),
        corrects=corrects,
    )  # fmt: skip
    other = ledger.account("producer", order.mirror_id)
    book(node, session, booking, other, f"{order.title} · {order.peer_name}")
    document = correction(head, event_id, order.order_ref, corrects, fact.split.producer)
    _send(node, session, order, document, CORRECTION)


def _head(node: Node, order: TradeOrder) -> Envelope:
    actor = space_actor(base(node), order.space_id)
    id_ = f"{base(node)}/trade/activities/{node.random.token(16)}"
    return Envelope(id_, actor, order.seller_actor, node.clock.now())


def _event_id(node: Node) -> str:
    return f"{base(node)}/trade/events/{node.random.token(16)}"


def _send(node: Node, session: Session, order: TradeOrder, document: Document, kind: str) -> None:
    note_event(node, session, "out", order.peer_host, document, kind, order_id=order.id)
    letter = Letter(
        to=order.seller_actor, document=document, lane=f"order:{order.order_ref}",
        sender_id=order.space_id, sealed=True,
    )  # fmt: skip
    # A round is settled also where nothing delivers: the event stands in the book and the month's
    # statement names it.
    send = partial(node.hooks.send_document, node=node, session=session, letter=letter)
    as_far_as_it_goes(node, session, order, send)
