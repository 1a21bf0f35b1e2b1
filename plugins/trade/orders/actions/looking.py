"""Looking after orders by the clock: missing answers are asked for, views compared, holds ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from .....core.addresses import host_of
from .....core.errors import NotFound, Refused, Unreachable
from .....core.node import Node
from .....core.values import kept_message
from ..models import TradeOrder
from ..queries import bundle_of
from ..rules import problems
from ..rules.bundles import Bundle, view_hash
from ..rules.reading import bundle
from ..rules.states import FINAL, UNDONE_BY, Side, State, Word, heard
from .buying import amend, hear_seller
from .held import held, put
from .jobs import NIGHTLY, OFTEN, PATIENCE, ask_follow, ask_look
from .letters import tell_hub
from .selling import expire
from .speaking import as_far_as_it_goes, lane, say_to_seller
from .wanting import differences


def work_expiry(node: Node, payload: Mapping[str, Any]) -> None:
    """End a hold whose time is over."""
    with node.db.write() as session:
        expire(node, session, held(session, int(payload["order_id"])))


@dataclass(frozen=True, slots=True)
class _Question:
    """What is to be asked: the address, and whether the other side has ever known the order."""

    address: str
    known: bool


def work_look(node: Node, payload: Mapping[str, Any]) -> None:
    """Look after a buyer's order, and ask for the next look as long as it is on its way."""
    order_id = int(payload["order_id"])
    question = _question(node, order_id)
    said: Mapping[str, object] | None = None
    missing = problem = False
    if question is not None:
        try:
            said = node.hooks.fetch_document(node=node, url=question.address)
        except NotFound:
            missing = True
        except (Unreachable, Refused):
            problem = True
    with node.db.write() as session:
        order = held(session, order_id)
        if problem:
            order.problem = problems.SILENT.text
        elif said is not None and said.get("type") == "Tombstone":
            _removed(node, session, order)
        elif missing and question is not None:
            unknown = partial(_unknown_there, node, session, order, known=question.known)
            as_far_as_it_goes(node, session, order, unknown)
        elif said is not None:
            as_far_as_it_goes(node, session, order, partial(_compare, node, session, order, said))
        changes = partial(_amend_if_changed, node, session, order)
        as_far_as_it_goes(node, session, order, changes)
        _tell_if_silent(node, session, order)
        _next(node, session, order)


def _question(node: Node, order_id: int) -> _Question | None:
    """Return what to ask: after ten minutes without an answer, and once a night."""
    with node.db.read() as session:
        order = session.get(TradeOrder, order_id)
        if order is None or order.side != Side.BUYER or State(order.state) in FINAL:
            return None
        now = node.clock.now()
        silent = now - (order.said_at or order.created_at) >= PATIENCE
        old = now - (order.heard_at or order.created_at) >= NIGHTLY
        if not (old or (_waits(order) and silent)):
            return None
        parts = urlsplit(order.seller_actor)
        by_ref = f"{parts.scheme}://{parts.netloc}/trade/offers/{order.order_ref}"
        return _Question(order.bundle_uri or by_ref, bool(order.bundle_uri))


def _waits(order: TradeOrder) -> bool:
    """Say whether an answer is missing."""
    undoing = order.undone_at is not None and State(order.state) not in FINAL
    return order.version > order.answered or undoing


def _compare(node: Node, session: Session, order: TradeOrder, said: Mapping[str, object]) -> None:
    """Take the seller's view; where it says otherwise under the same number, people look."""
    try:
        theirs = bundle(said)
    except Refused as refused:
        order.problem = kept_message(refused.message)
        return
    if (theirs.ref, theirs.buyer, theirs.seller) != (
        order.order_ref, order.buyer_actor, order.seller_actor,
    ):  # fmt: skip
        order.problem = problems.OTHER_ORDER.text
        return
    if theirs.revision > order.revision:
        if not _heard(node, session, order, theirs):
            return
    elif theirs.revision == order.revision and not _same(node, session, order, theirs):
        order.problem = problems.UNEQUAL.text
    order.heard_at = node.clock.now()
    if _waits(order) and theirs.version < order.version:
        _say_again(node, session, order)


def _heard(node: Node, session: Session, order: TradeOrder, theirs: Bundle) -> bool:
    """Take what the seller's view says, or note why it cannot be taken."""
    if host_of(theirs.uri) != order.peer_host:
        order.problem = problems.OTHER_ORDER.text
        return False
    try:
        with session.begin_nested():
            hear_seller(node, session, theirs, id_="")
    except Refused as refused:
        order.problem = kept_message(refused.message)
        return False
    return True


def _same(node: Node, session: Session, order: TradeOrder, theirs: Bundle) -> bool:
    # Our own state may have gone on since: by a receipt, or by the settlement.
    ours = replace(bundle_of(node, session, order), state=theirs.state)
    return view_hash(ours) == view_hash(theirs)


def _removed(node: Node, session: Session, order: TradeOrder) -> None:
    """The seller says that the order is gone: nothing of it comes, unless it was sent before."""
    before = State(order.state)
    after = heard(before, State.CANCELLED, waiting=False)
    order.reason = "removed"
    if after is before:
        order.problem = problems.NOT_SHOWN.text
        return
    put(node, session, order, after)
    if after in UNDONE_BY:
        ask_follow(node, session, order)
    tell_hub(node, session, order)


def _unknown_there(node: Node, session: Session, order: TradeOrder, *, known: bool) -> None:
    """What the seller has never known was lost on its way. What it has known and does not show
    now is for people: a fault of its proxy must not cancel what residents ordered."""
    if known:
        order.problem = problems.NOT_SHOWN.text
    elif _waits(order):
        _say_again(node, session, order)


def _say_again(node: Node, session: Session, order: TradeOrder) -> None:
    """Say the last word once more: whoever has heard it repeats the stored answer. While what was
    said is still on its way, a copy of it would only come behind."""
    if node.hooks.lane_waits(node=node, session=session, host=order.peer_host, lane=lane(order)):
        return
    word = Word.OFFER if order.version == 1 else Word.AMEND
    say_to_seller(node, session, order, word)
    if order.undone_at is not None:
        say_to_seller(node, session, order, Word.UNDO)


def _amend_if_changed(node: Node, session: Session, order: TradeOrder) -> None:
    """Send the whole order again if the hub has changed what residents get."""
    in_time = order.cut_off is None or node.clock.now() < order.cut_off
    standing = order.state == State.ACCEPTED and order.undone_at is None
    if standing and in_time and differences(session, order):
        amend(node, session, order)


def _tell_if_silent(node: Node, session: Session, order: TradeOrder) -> None:
    """Tell the hub, once, that an answer is missing for long: a letter that the other node received
    but could not use is answered by nothing."""
    if State(order.state) in FINAL or not _waits(order):
        return
    if node.clock.now() - (order.heard_at or order.created_at) >= OFTEN:
        order.problem = order.problem or problems.SILENT.text
        tell_hub(node, session, order, "silent")


def _next(node: Node, session: Session, order: TradeOrder) -> None:
    if State(order.state) in FINAL or order.side != Side.BUYER:
        return
    wait = PATIENCE if _waits(order) else OFTEN if order.state == State.ACCEPTED else NIGHTLY
    ask_look(session, order, node.clock.now() + wait)
