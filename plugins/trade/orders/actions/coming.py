"""Goods on their way: made ready, shipped, received, and what came short put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.values import Message
from ....assembly import came_of
from ....market import order_lines
from ..models import TradeLine, TradeOrder
from ..queries import bundle_of
from ..rules import problems
from ..rules.answering import CANCEL_REASONS
from ..rules.bundles import MOST_GRAMS, MOST_UNITS, WEIGHT
from ..rules.states import UNDONE_BY, Side, State, Word, may
from ..rules.words import Came, receipt
from .held import held, move, record, rows_of
from .letters import tell_seller
from .selling import end, finish
from .speaking import as_far_as_it_goes, envelope, post, say_to_buyer


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent of a line: units, their grams if they are sold by weight, and the lot."""

    units: int
    grams: int | None = None
    lot: str = ""


def confirm(node: Node, session: Session, order_id: int, *, actor_id: int) -> TradeOrder:
    """Accept an order by hand: what was held for it is promised."""
    order = held(session, order_id, Side.SELLER)
    if order.state != State.OFFERED:
        raise Refused("This cannot be done with the order any more. Please look again.")
    record(node, session, "confirmed", order, actor_id)
    finish(node, session, order, Word.ACCEPT)
    return order


def decline(node: Node, session: Session, order_id: int, *, reason: str, actor_id: int) -> None:
    """Reject an offer by hand, or cancel an order that was accepted; the buyer is told why."""
    if reason not in CANCEL_REASONS:
        raise Refused("Please say why, so that everyone can understand it later.")
    order = held(session, order_id, Side.SELLER)
    word = Word.REJECT if order.state == State.OFFERED else Word.CANCEL
    if not may(Side.SELLER, word, State(order.state)):
        raise Refused("This cannot be done with the order any more. Please look again.")
    order.reason = reason
    record(node, session, "cancelled", order, actor_id, reason=reason)
    end(node, session, order, word)


def make_ready(node: Node, session: Session, order_id: int, *, actor_id: int) -> None:
    """Note that the goods stand ready: from now on nothing can be changed or withdrawn."""
    order = held(session, order_id, Side.SELLER)
    if order.state == State.READY:
        return
    move(node, session, order, Word.READY)
    record(node, session, "ready", order, actor_id)
    say_to_buyer(node, session, order, Word.READY)


def ship(
    node: Node, session: Session, order_id: int, sent: Mapping[int, Sent], *, actor_id: int
) -> None:
    """Send the delivery note: units, real weights and lots of each line, by its number."""
    order = held(session, order_id, Side.SELLER)
    if order.state == State.SHIPPED:
        return
    rows = {no: row for no, row in rows_of(session, order_id).items() if row.agreed}
    _check_sent(rows, sent)
    for no, row in rows.items():
        row.shipped, row.lot = sent[no].units, sent[no].lot[:60]
        row.shipped_g = sent[no].grams if row.sold_by == WEIGHT else None
    move(node, session, order, Word.SHIPMENT)
    order.shipped_at = node.clock.now()
    record(node, session, "shipped", order, actor_id)
    say_to_buyer(node, session, order, Word.SHIPMENT)


def _check_sent(rows: Mapping[int, TradeLine], sent: Mapping[int, Sent]) -> None:
    wrong: dict[str, list[Message]] = {}
    for no, row in rows.items():
        each = sent.get(no)
        if each is None or not 0 <= each.units <= min(row.agreed, MOST_UNITS):
            wrong[f"units-{no}"] = [Message("Between 0 and %(most)s.", {"most": f"{row.agreed:,}"})]
        elif row.sold_by == WEIGHT and (
            each.grams is None
            or not 0 <= each.grams <= MOST_GRAMS
            or bool(each.grams) != bool(each.units)
        ):
            wrong[f"grams-{no}"] = [Message("Please say what they weigh together, in grams.", {})]
    if wrong:
        raise Invalid(wrong)


def goods_counted(node: Node, session: Session, occasion: str) -> None:
    """Tell every producer elsewhere what came, now that it is counted.

    Refused while more is to be handed out than a producer has agreed to: then something was not
    counted, and residents would pay for what never came.
    """
    for mirror_id, orders in by_producer(session, occasion).items():
        _check_counted(session, occasion, mirror_id, orders)
    receive_goods(node, session, occasion)


def _check_counted(
    session: Session, occasion: str, mirror_id: int, orders: Sequence[TradeOrder]
) -> None:
    there: dict[int, int] = {}
    for line in order_lines(session, occasion, seller_id=mirror_id):
        there[line.product_id] = there.get(line.product_id, 0) + line.delivered
    agreed: dict[int, int] = {}
    names: dict[int, str] = {}
    for order in orders:
        for row in rows_of(session, order.id).values():
            if row.product_id is not None:
                units = 0 if State(order.state) in UNDONE_BY else row.agreed
                agreed[row.product_id] = agreed.get(row.product_id, 0) + units
                names[row.product_id] = row.product_name
    for product_id, units in there.items():
        if units > agreed.get(product_id, 0):
            raise Refused(
                "Please count %(name)s and share what came short: the producer sends %(agreed)s, "
                "and %(units)s are to be handed out.",
                name=names.get(product_id, ""),
                agreed=agreed.get(product_id, 0),
                units=units,
            )


def receive_goods(node: Node, session: Session, occasion: str) -> None:
    """Send the receipt of each order at an occasion that has not been told what came."""
    for order in _orders_at(session, occasion):
        _receive(node, session, order)


def by_producer(session: Session, occasion: str) -> dict[int, list[TradeOrder]]:
    """Return the orders at an occasion by the space that stands for their producer, all held."""
    found: dict[int, list[TradeOrder]] = {}
    for order in _orders_at(session, occasion):
        found.setdefault(order.mirror_id or 0, []).append(order)
    return found


def _orders_at(session: Session, occasion: str) -> list[TradeOrder]:
    ids = session.scalars(
        select(TradeOrder.id)
        .where(TradeOrder.occasion == occasion, TradeOrder.side == Side.BUYER)
        .order_by(TradeOrder.id)
    ).all()
    return [held(session, order_id) for order_id in ids]


def _receive(node: Node, session: Session, order: TradeOrder) -> bool:
    """Send the receipt of an order unless one that says the same stands; False if none fits."""
    rows = rows_of(session, order.id)
    came = _came(session, order, [row for row in rows.values() if row.agreed])
    unchanged = all(rows[each.no].received == each.units for each in came)
    if not came or (order.receipt and unchanged):
        return False
    short = any(each.units < _expected(rows[each.no]) for each in came)
    word = Word.SHORT_RECEIPT if short else Word.RECEIPT
    if not may(Side.BUYER, word, State(order.state)):
        return False
    for each in came:
        rows[each.no].received = each.units
    order.receipt += 1
    order.received_at = order.received_at or node.clock.now()
    move(node, session, order, word)
    head = envelope(node, order)
    document = receipt(head, bundle_of(node, session, order), tuple(came), order.receipt)
    say = partial(post, node, session, order, document, word)
    as_far_as_it_goes(node, session, order, say)
    return True


def _expected(row: TradeLine) -> int:
    """What should have come: what was sent, or what was agreed if there was no note."""
    return row.agreed if row.shipped is None else row.shipped


def _came(session: Session, order: TradeOrder, rows: Sequence[TradeLine]) -> list[Came]:
    """Share what was counted of each product among its lines, in their order; what nobody counted
    came as it was to come. More than was agreed is never owed."""
    products = [row.product_id for row in rows if row.product_id]
    left = dict(came_of(session, order.occasion or "", products))
    came = []
    for row in rows:
        units = _expected(row)
        if row.product_id is not None and row.product_id in left:
            units = min(left[row.product_id], row.agreed)
            left[row.product_id] -= units
        came.append(Came(row.no, units))
    return came


def hear_receipt(
    node: Node, session: Session, order: TradeOrder, came: Sequence[Came], version: int
) -> None:
    """Take the buyer's receipt: all there, or something short on which people have to agree."""
    if version <= order.receipt:
        return
    rows = rows_of(session, order.id)
    if any(each.no not in rows or each.units > rows[each.no].agreed for each in came):
        raise Refused("The receipt names something that this order does not have.")
    for each in came:
        rows[each.no].received = each.units
    got = {each.no: each.units for each in came}
    short = any(got.get(no, 0) < _expected(row) for no, row in rows.items() if row.agreed)
    move(node, session, order, Word.SHORT_RECEIPT if short else Word.RECEIPT)
    order.receipt, order.received_at = version, order.received_at or node.clock.now()
    order.heard_at = node.clock.now()
    if short or order.state == State.DISPUTED:
        order.problem = problems.SHORT.text
        tell_seller(node, session, order, "disputed")
    say_to_buyer(node, session, order, Word.READY)


def accept_shortage(node: Node, session: Session, order_id: int, *, actor_id: int) -> None:
    """Agree with what the buyer counted: only what came is to be paid."""
    order = held(session, order_id, Side.SELLER)
    if order.state == State.REFUNDED:
        return
    move(node, session, order, Word.REFUND)
    order.problem = ""
    record(node, session, "refunded", order, actor_id)
    say_to_buyer(node, session, order, Word.REFUND)
