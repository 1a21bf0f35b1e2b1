"""The seller's side: stock is reserved in the transaction that hears of an order, and answered."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core.addresses import space_of
from .....core.errors import NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from ....market import titled
from ..models import TradeLine, TradeOrder
from ..queries import base
from ..rules.answering import EXPIRED, LATE, PASSED, RATES, WITHDRAWN, answer, answer_change
from ..rules.bundles import Bundle, Line
from ..rules.states import Side, State, Word, may
from .held import held_by_ref, lines_of, move, rows_of, write_said
from .jobs import ask_expiry
from .letters import tell_seller
from .speaking import repeat, say_to_buyer
from .stock import goods_of, product_of, release, reserve

HOLD = timedelta(minutes=15)
"""How long goods are held for an offer that does not say how long it stands."""
LONGEST_HOLD = timedelta(days=7)


def hear_wish(
    node: Node, session: Session, bundle: Bundle, word: Word, *, host: str, id_: str
) -> TradeOrder:
    """Take an offer, a change or the taking of a counter-offer: the whole order as it is wanted.

    What was answered already is answered again in the same words; what is older than that is
    passed over. An order of which only the withdrawal has arrived is dead.
    """
    order = held_by_ref(session, Side.SELLER, bundle.buyer, bundle.ref)
    if order is None:
        order = _new(node, session, bundle, host)
    _check_parties(order, bundle)
    if bundle.version <= order.version:
        if bundle.version == order.answered:
            repeat(node, session, order)
        return order
    order.version, order.last_id = bundle.version, id_
    order.heard_at = node.clock.now()
    if order.undone_at is not None or not may(Side.SELLER, word, State(order.state)):
        return _refuse(node, session, order, bundle)
    _note_terms(node, order, bundle)
    changing = State(order.state) in {State.ACCEPTED, State.AMENDING}
    move(node, session, order, word)
    _write_wish(session, order, bundle)
    if changing:
        _answer_change(node, session, order)
    else:
        _answer_offer(node, session, order)
    return order


def _new(node: Node, session: Session, bundle: Bundle, host: str) -> TradeOrder:
    """Begin the book of an order with its first word; NotFound if no such seller is here."""
    seller_id = space_of(base(node), bundle.seller)
    space = None if seller_id is None else session.get(Space, seller_id)
    if space is None or space.closed_at is not None or space.kind not in {"producer", "shop"}:
        raise NotFound("There is no such seller here.")
    now = node.clock.now()
    uid = node.random.token(16)
    order = TradeOrder(
        uid=uid, side=Side.SELLER.value, order_ref=bundle.ref, peer_host=host,
        peer_name=bundle.buyer_name or host, buyer_actor=bundle.buyer, seller_actor=bundle.seller,
        space_id=space.id, title=bundle.title, buyer_name=bundle.buyer_name,
        deliver_to=bundle.deliver_to, due_on=bundle.due, activist_bp=bundle.activist_bp,
        centre_bp=bundle.centre_bp, bundle_uri=f"{base(node)}/trade/bundles/{uid}",
        peer_view=bundle.view, created_at=now, changed_at=now,
    )  # fmt: skip
    session.add(order)
    session.flush()
    return order


def _check_parties(order: TradeOrder, bundle: Bundle) -> None:
    if order.seller_actor != bundle.seller:
        raise Refused("This order was made with another seller.")
    if urlsplit(bundle.view).netloc != urlsplit(bundle.buyer).netloc:
        raise Refused("The order's view is not on the buyer's own node.")


def _note_terms(node: Node, order: TradeOrder, bundle: Bundle) -> None:
    if order.answered and (order.activist_bp, order.centre_bp, order.due_on) != (
        bundle.activist_bp, bundle.centre_bp, bundle.due,
    ):  # fmt: skip
        raise Refused("Rates and day of an order stand as they were offered.")
    order.activist_bp, order.centre_bp = bundle.activist_bp, bundle.centre_bp
    order.due_on, order.peer_view = bundle.due, bundle.view
    now = node.clock.now()
    asked = bundle.expires or now + HOLD
    order.expires_at = min(max(asked, now), now + LONGEST_HOLD)


def _write_wish(session: Session, order: TradeOrder, bundle: Bundle) -> None:
    """Write what is wanted; a line that is not named any more is wanted no more."""
    rows = rows_of(session, order.id)
    named = {line.no for line in bundle.lines}
    for no, row in rows.items():
        if no not in named:
            row.wanted = 0
    for line in bundle.lines:
        standing = rows.get(line.no)
        if standing is None:
            session.add(_row(session, order, line))
            continue
        if (standing.proposal, standing.sold_by) != (line.proposal, line.sold_by):
            raise Refused("A line of an order names the same goods as long as it stands.")
        standing.wanted, standing.seen = line.wanted, line.seen
        standing.proposal_version = line.version
    session.flush()


def _row(session: Session, order: TradeOrder, line: Line) -> TradeLine:
    product = product_of(session, order, line.proposal)
    return TradeLine(
        order_id=order.id, no=line.no, product_id=None if product is None else product.id,
        product_name="" if product is None else titled(product.name, product.variant),
        unit_label="" if product is None else product.unit_label, sold_by=line.sold_by,
        proposal=line.proposal, proposal_version=line.version, seen=line.seen, price=line.seen,
        wanted=line.wanted, agreed=0, held=0,
    )  # fmt: skip


def _answer_offer(node: Node, session: Session, order: TradeOrder) -> None:
    today = node.clock.now().astimezone(zone(node)).date()
    rows = rows_of(session, order.id)
    if order.due_on < today:
        order.reason = PASSED
        end(node, session, order, Word.REJECT)
        return
    if order.activist_bp + order.centre_bp > 10_000 - producer_least(node):
        order.reason = RATES
        end(node, session, order, Word.REJECT)
        return
    goods = goods_of(session, order, rows.values())
    lines = [line for line in lines_of(session, order.id).values() if line.wanted]
    verdict = answer(lines, goods, {no: row.held for no, row in rows.items()})
    reserve(session, rows, {line.no: line for line in verdict.lines}, goods)
    ask_expiry(node, session, order)
    if verdict.word is Word.ACCEPT and by_hand(node):
        tell_seller(node, session, order, "offered")
        return  # a person answers, the goods are held meanwhile
    finish(node, session, order, verdict.word)


def finish(node: Node, session: Session, order: TradeOrder, word: Word) -> None:
    """Answer what the buyer said last."""
    order.answered = order.version
    if word is Word.ACCEPT:
        order.reason = ""
        order.cut_off = cut_off(node, order)
    move(node, session, order, word)
    if word is Word.ACCEPT:
        order.expires_at = None
        tell_seller(node, session, order, "accepted")
    say_to_buyer(node, session, order, word)


def _answer_change(node: Node, session: Session, order: TradeOrder) -> None:
    """Answer a change of an accepted order: by this node's clock, and as a whole."""
    rows = rows_of(session, order.id)
    before = lines_of(session, order.id)
    order.reason = ""
    if order.cut_off is not None and node.clock.now() >= order.cut_off:
        order.reason = LATE
        finish(node, session, order, Word.REJECT)
        return
    goods = goods_of(session, order, rows.values())
    wanted = list(before.values())
    if not any(line.wanted for line in wanted):
        withdrawn(node, session, order)
        return
    verdict = answer_change(before, wanted, goods)
    if verdict.word is Word.ACCEPT:
        said = {line.no: line for line in verdict.lines}
        reserve(session, rows, said, goods, promised=True)
        order.answered = order.version
        order.reason = ""
        move(node, session, order, Word.ACCEPT)
        tell_seller(node, session, order, "changed")
        say_to_buyer(node, session, order, Word.ACCEPT)
        return
    order.reason = "lines"
    write_said(rows, verdict.lines)
    finish(node, session, order, Word.REJECT)


def withdrawn(node: Node, session: Session, order: TradeOrder) -> None:
    """End an order that its buyer does not want any more, and say so."""
    order.reason, order.answered = WITHDRAWN, order.version
    tell_seller(node, session, order, "withdrawn")
    release(session, order)
    move(node, session, order, Word.UNDO)
    say_to_buyer(node, session, order, Word.CANCEL)


def end(node: Node, session: Session, order: TradeOrder, word: Word) -> None:
    """End an order on the seller's side: rejected, expired or cancelled; the goods are free."""
    release(session, order)
    order.answered = order.version
    move(node, session, order, word)
    say_to_buyer(node, session, order, word)


def _refuse(node: Node, session: Session, order: TradeOrder, bundle: Bundle) -> TradeOrder:
    """Answer a word that comes too late: by saying how the order stands."""
    if order.undone_at is not None and not rows_of(session, order.id):
        # Only the withdrawal had come: the book is filled, so that the answer can be read.
        _note_terms(node, order, bundle)
        order.title, order.deliver_to = bundle.title, bundle.deliver_to
        order.buyer_name = order.peer_name = bundle.buyer_name
        _write_wish(session, order, bundle)
    order.answered = order.version
    order.revision += 1
    repeat(node, session, order)
    return order


def hear_undo(
    node: Node, session: Session, *, buyer: str, seller: str, ref: str, host: str
) -> TradeOrder | None:
    """Take the withdrawal of an order; before the order has come it leaves a mark that ends it."""
    order = held_by_ref(session, Side.SELLER, buyer, ref)
    if order is None:
        return _mark(node, session, buyer=buyer, seller=seller, ref=ref, host=host)
    order.heard_at = node.clock.now()
    if order.state == State.CANCELLED:
        repeat(node, session, order)
        return order
    if not may(Side.SELLER, Word.UNDO, State(order.state)):
        order.revision += 1
        repeat(node, session, order)  # too late: it is packed or on its way, or at an end
        return order
    order.undone_at = node.clock.now()
    withdrawn(node, session, order)
    return order


def _mark(
    node: Node, session: Session, *, buyer: str, seller: str, ref: str, host: str
) -> TradeOrder:
    today = node.clock.now().astimezone(zone(node)).date()
    nothing = Bundle(
        ref=ref, buyer=buyer, seller=seller, version=1, due=today, title="", buyer_name="",
        deliver_to="", activist_bp=0, centre_bp=0, view="", lines=(),
    )  # fmt: skip
    order = _new(node, session, nothing, host)
    order.undone_at = node.clock.now()
    move(node, session, order, Word.UNDO)
    order.reason = WITHDRAWN
    return order


def expire(node: Node, session: Session, order: TradeOrder) -> None:
    """End the holding of goods for an offer that nobody has answered in time."""
    over = order.expires_at is not None and order.expires_at <= node.clock.now()
    if over and may(Side.SELLER, Word.EXPIRY, State(order.state)):
        order.reason = EXPIRED
        end(node, session, order, Word.EXPIRY)


def cut_off(node: Node, order: TradeOrder) -> datetime:
    """Return until when changes are taken: so many hours before the day of collection begins."""
    begin = datetime.combine(order.due_on, time(), zone(node))
    return begin - timedelta(hours=node.host.settings("trade")["change_hours"])


def zone(node: Node) -> ZoneInfo:
    """Return this node's time zone: only the seller's clock counts."""
    return ZoneInfo(node.settings.node.time_zone)


def producer_least(node: Node) -> int:
    """Return the basis points that a producer of this node keeps at least of each price."""
    return int(node.host.settings("trade")["producer_least"])


def by_hand(node: Node) -> bool:
    """Say whether a person confirms each order."""
    return bool(node.host.settings("trade")["confirm"] == "hand")
