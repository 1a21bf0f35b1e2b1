"""The buyer's side: what residents ordered together is asked for, and answers are followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.addresses import space_actor
from .....core.errors import Refused
from .....core.facts import SellerClosed
from .....core.models import Space
from .....core.node import Node
from ...copies.models import Source
from ..models import TradeOrder
from ..queries import base, parts_of, wants_of
from ..queries.wanted import Want, rates_of, wants
from ..rules import problems
from ..rules.answering import takes_itself
from ..rules.bundles import Bundle
from ..rules.parts import divided, titled_part
from ..rules.states import PROMISED, UNDONE_BY, Side, State, Word, heard, may
from .held import held, held_by_ref, lines_of, move, put, record, rows_of
from .jobs import PATIENCE, ask_follow, ask_look
from .letters import tell_hub
from .speaking import as_far_as_it_goes, say_to_seller
from .taking import oversteps, take_over
from .wanting import any_left, differences, write_wants

STANDS = timedelta(hours=24)
"""How long an offer stands at most: so long a producer who confirms by hand may take."""


def order_all(node: Node, session: Session, fact: SellerClosed) -> Sequence[TradeOrder]:
    """Order of a producer elsewhere what residents ordered of it; nothing if it is one of here.

    More than fits in one order is asked for in several, each a whole of its own. A second call for
    the same producer and occasion changes nothing.
    """
    source = session.scalar(select(Source).where(Source.seller_id == fact.seller_id))
    if source is None:
        return ()
    standing = parts_of(session, fact.occasion, fact.seller_id)
    wanted = wants(session, fact.occasion, fact.seller_id)
    if standing or not wanted:
        return standing
    parts = divided(wanted)
    return [
        _offer(node, session, fact, source, part, number=number, several=len(parts) > 1)
        for number, part in enumerate(parts, start=1)
    ]


def _offer(
    node: Node, session: Session, fact: SellerClosed, source: Source, wanted: Sequence[Want], *,
    number: int, several: bool,
) -> TradeOrder:  # fmt: skip
    order = _new(node, session, fact, source, number=number, several=several)
    write_wants(session, order, wanted)
    order.version = 1
    move(node, session, order, Word.OFFER)
    order.problem = "" if source.ended_at is None else problems.UNFOLLOWED.text
    # The other producers of the round are not to wait for one whose node cannot be written to.
    offer = partial(say_to_seller, node, session, order, Word.OFFER)
    as_far_as_it_goes(node, session, order, offer)
    ask_look(session, order, node.clock.now() + PATIENCE)
    return order


def _new(
    node: Node, session: Session, fact: SellerClosed, source: Source, *, number: int, several: bool
) -> TradeOrder:
    hub, now = session.get_one(Space, fact.hub_id), node.clock.now()
    rates = rates_of(node, session, fact.occasion)
    place = ", ".join(part for part in (rates.place, rates.address) if part)
    order = TradeOrder(
        uid=node.random.token(16), side=Side.BUYER.value, order_ref=node.random.token(16),
        peer_host=source.host, peer_name=source.name, seller_actor=source.actor,
        buyer_actor=space_actor(base(node), fact.hub_id), space_id=fact.hub_id,
        mirror_id=fact.seller_id, occasion=fact.occasion, part=number,
        title=titled_part(fact.title, number, several=several), buyer_name=hub.name,
        deliver_to=place[:400], due_on=fact.collect_on, state="draft",
        activist_bp=rates.activist_bp, centre_bp=rates.centre_bp, created_at=now, changed_at=now,
        expires_at=_until(node, fact, now),
    )  # fmt: skip
    session.add(order)
    session.flush()
    return order


def _until(node: Node, fact: SellerClosed, now: datetime) -> datetime:
    """Return until when the offer stands: a day, and not into the day of collection."""
    zone = ZoneInfo(node.settings.node.time_zone)
    begin = datetime.combine(fact.collect_on, time(), zone)
    return max(min(now + STANDS, begin), now + timedelta(minutes=15))


def hear_seller(node: Node, session: Session, bundle: Bundle, *, id_: str) -> TradeOrder | None:
    """Take what the seller says of an order; what is older than what is known is passed over."""
    order = held_by_ref(session, Side.BUYER, bundle.buyer, bundle.ref)
    if order is None or order.seller_actor != bundle.seller:
        return None
    if bundle.revision <= order.revision:
        return order
    if oversteps(session, order, bundle):
        order.problem = problems.OTHERWISE.text
        tell_hub(node, session, order, "otherwise")
        return order
    take_over(node, session, order, bundle, id_)
    waiting = order.version > order.answered
    before = State(order.state)
    after = heard(before, bundle.state, waiting=waiting)
    put(node, session, order, after)
    if after is State.COUNTERED:
        _countered(node, session, order)
    # The acceptance itself may never be seen: the newest word is enough, and it may be a later one.
    if after in UNDONE_BY or (after in PROMISED and before is not after):
        ask_follow(node, session, order)
    if after in {*UNDONE_BY, State.EXPIRED, State.DISPUTED, State.READY} and after is not before:
        tell_hub(node, session, order)
    return order


def _countered(node: Node, session: Session, order: TradeOrder) -> None:
    """Take a counter-offer of less or cheaper goods; anything dearer waits for the activist."""
    if takes_itself(list(lines_of(session, order.id).values())):
        _take(node, session, order)
        return
    order.problem = problems.DEARER.text
    tell_hub(node, session, order)


def _take(node: Node, session: Session, order: TradeOrder) -> None:
    """Take what the seller offers: from now on just that is wanted, at its prices."""
    rows = rows_of(session, order.id)
    for row in rows.values():
        if row.agreed < row.wanted:
            row.most = row.agreed
        row.wanted, row.seen = row.agreed, row.price
    if not any(row.wanted for row in rows.values()):
        undo(node, session, order)
        return
    order.version += 1
    # A counter-offer that was only seen in the seller's view has no id to accept: what is wanted
    # now, at its prices, says the same.
    word = Word.TAKE if order.answer_id else Word.AMEND
    move(node, session, order, word)
    say_to_seller(node, session, order, word)
    ask_look(session, order, node.clock.now() + PATIENCE)


def drop_dearer(node: Node, session: Session, order_id: int, *, actor_id: int) -> TradeOrder:
    """Leave out of an order what costs more than residents were told, and take the rest.

    Residents get their money back for it, and a mail.
    """
    order = held(session, order_id, Side.BUYER)
    if order.state != State.COUNTERED:
        raise Refused("There is nothing to decide here any more. Please look again.")
    dearer = [row for row in rows_of(session, order_id).values() if row.price > row.seen]
    for row in dearer:
        row.dropped, row.price, row.agreed = True, row.seen, 0
    session.flush()
    order.problem = ""
    record(node, session, "dropped", order, actor_id, goods=[row.product_name for row in dearer])
    _take(node, session, order)
    ask_follow(node, session, order)
    return order


def cancel(node: Node, session: Session, order_id: int, *, actor_id: int) -> TradeOrder:
    """Ask the seller to undo an order: it stands until the seller has answered."""
    order = held(session, order_id, Side.BUYER)
    if not may(Side.BUYER, Word.UNDO, State(order.state)):
        raise Refused("This order is prepared or on its way already. Please call the producer.")
    record(node, session, "withdrawn", order, actor_id)
    undo(node, session, order)
    return order


def undo(node: Node, session: Session, order: TradeOrder) -> None:
    """Say that an order is not wanted any more."""
    if order.undone_at is None:
        order.undone_at, order.problem = node.clock.now(), ""
        move(node, session, order, Word.UNDO)
    say_to_seller(node, session, order, Word.UNDO)
    ask_look(session, order, node.clock.now() + PATIENCE)


def ask_again(node: Node, session: Session, order_id: int, *, actor_id: int) -> TradeOrder:
    """Offer anew what is wanted now, after an offer has run out."""
    order = held(session, order_id, Side.BUYER)
    if order.state != State.EXPIRED:
        raise Refused("There is nothing to decide here any more. Please look again.")
    record(node, session, "asked_again", order, actor_id)
    order.expires_at = node.clock.now() + STANDS
    amend(node, session, order)
    return order


def amend(node: Node, session: Session, order: TradeOrder) -> None:
    """Send the whole order as it is wanted now; nothing wanted any more withdraws it."""
    if order.occasion is None or order.mirror_id is None:
        raise Refused("This order belongs to no round.")
    wanted = wants_of(session, order)
    if not any_left(session, order, wanted):
        # The lines stay as they were said: if the offer was lost, it is to be said once more.
        undo(node, session, order)
        return
    write_wants(session, order, wanted)
    order.version += 1
    move(node, session, order, Word.AMEND)
    say_to_seller(node, session, order, Word.AMEND)
    ask_look(session, order, node.clock.now() + PATIENCE)


def amend_now(node: Node, session: Session, order_id: int, *, actor_id: int | None) -> bool:
    """Send a change if something else is wanted than was said; return whether it was sent."""
    order = held(session, order_id, Side.BUYER)
    if not may(Side.BUYER, Word.AMEND, State(order.state)) or order.undone_at is not None:
        raise Refused("The order cannot be changed any more. Please call the producer.")
    if not differences(session, order):
        return False
    record(node, session, "amended", order, actor_id)
    amend(node, session, order)
    return True
