"""A round that was settled: what its sales owe to producers elsewhere is booked and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.addresses import space_actor
from .....core.facts import SellerShare, SharesReversed, SharesSettled
from .....core.node import Node
from .....core.talk import Letter
from .....core.values import NOTHING, Split
from ...orders.actions import (
    as_far_as_it_goes,
    by_producer,
    held,
    move,
    note_event,
    receive_goods,
)
from ...orders.models import TradeOrder
from ...orders.queries import base, parts_of, products_of
from ...orders.rules import problems
from ...orders.rules.states import Side, State, Word, may
from ...orders.rules.words import Document, Envelope
from ..models import Booking
from ..queries import portions_of
from ..rules.documents import CORRECTION, SETTLEMENT, correction, settlement
from ..rules.splitting import Sold, shares
from .booking import book, new, whole_second


class Unequal(Exception):
    """The shares told are not those of the portions: a mistake in the program."""


def settled(node: Node, session: Session, fact: SharesSettled) -> None:
    """Book what each producer elsewhere is owed, in the transaction that settles the round."""
    told = {each.seller_id: each for each in fact.sellers}
    receive_goods(node, session, fact.occasion)
    for mirror_id, orders in by_producer(session, fact.occasion).items():
        _settle_all(node, session, orders, told.get(mirror_id))


def _settle_all(
    node: Node, session: Session, orders: Sequence[TradeOrder], share: SellerShare | None
) -> None:
    """Settle every order of one producer: together they are its share, to the won."""
    due = [each for each in orders if may(Side.BUYER, Word.SETTLEMENT, State(each.state))]
    if not due:
        _unanswered(orders if share is not None else ())
        return
    sold = portions_of(session, orders, due[0])
    splits = {each.id: shares(sold[each.id], each.activist_bp, each.centre_bp) for each in orders}
    together = sum(splits.values(), NOTHING)
    if together != (share.split if share is not None else NOTHING):
        raise Unequal(f"orders {list(splits)}: {together} is not {share}")
    for order in due:
        _settle(node, session, order, sold[order.id], splits[order.id])
    _unanswered(each for each in orders if each not in due and sold[each.id])


def _unanswered(orders: Iterable[TradeOrder]) -> None:
    """Mark orders to which the producer never agreed: what was sold all the same is owed to it, but
    its node's book knows nothing of it, so the mirror must not either until people have spoken."""
    for order in orders:
        order.problem = problems.UNANSWERED.text


def _settle(
    node: Node, session: Session, order: TradeOrder, sold: Sequence[Sold], split: Split
) -> None:
    head, event_id = _head(node, order), _event_id(node)
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
    left: int = fact.split.producer
    for order_id, given in _settled_by(session, fact):
        amount = min(left, given)
        if amount > 0:
            _take_back(node, session, held(session, order_id), amount)
        left -= amount


def _settled_by(session: Session, fact: SharesReversed) -> list[tuple[int, int]]:
    """Return the orders that gave a producer its share and the won that each still stands for, the
    one first in which the product stands that is corrected.

    One that was never settled with the other node is none of them: that node's book knows nothing
    that could be corrected.
    """
    ids = [each.id for each in parts_of(session, fact.occasion, fact.seller_id)]
    given = dict[int, int]()
    for row in session.execute(
        select(Booking.order_id, func.sum(Booking.amount).label("won"))
        .where(Booking.order_id.in_(ids), Booking.made_here, Booking.state == "booked")
        .group_by(Booking.order_id)
        .order_by(Booking.order_id)
    ):
        given[row.order_id] = int(row.won)
    of_product = products_of(session, ids).get(fact.product_id or 0)
    return sorted(given.items(), key=lambda each: (each[0] != of_product, each[0]))


def _take_back(node: Node, session: Session, order: TradeOrder, amount: int) -> None:
    head, event_id = _head(node, order), _event_id(node)
    corrects = session.scalars(
        select(Booking.event_id).where(
            Booking.order_id == order.id, Booking.kind == SETTLEMENT, Booking.made_here
        )
    ).one()
    booking = new(
        node, event_id, order.peer_host, CORRECTION, -amount, made_here=True, order_id=order.id,
        space_id=order.mirror_id, at=whole_second(head.at), corrects=corrects,
    )  # fmt: skip
    other = ledger.account("producer", order.mirror_id)
    book(node, session, booking, other, f"{order.title} · {order.peer_name}")
    document = correction(head, event_id, order.order_ref, corrects, amount)
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
