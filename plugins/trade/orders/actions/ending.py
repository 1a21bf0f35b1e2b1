"""What becomes of orders when a letter was given up, or the tie to the other node changes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.facts import LetterEnded, PeerChanged
from .....core.node import Node
from ..models import TradeEvent, TradeOrder
from ..rules import problems
from ..rules.states import FINAL, Side
from .held import held
from .letters import tell_hub

_OF_TIES = frozenset({problems.PAUSED.text, problems.ENDED.text})


def letter_ended(node: Node, session: Session, fact: LetterEnded) -> None:
    """Mark an order of which a letter was given up: a person decides."""
    if fact.arrived or not fact.lane.startswith("order:"):
        return
    order_id = session.scalar(
        select(TradeEvent.order_id).where(
            TradeEvent.direction == "out", TradeEvent.document_id == fact.id
        )
    )
    if order_id is None:
        return
    order = held(session, order_id)
    order.problem = problems.UNREACHED.text
    if order.side == Side.BUYER:
        tell_hub(node, session, order, "unreachable")


def peer_changed(session: Session, fact: PeerChanged) -> None:
    """Mark the orders in flight with a node to which the tie rests or has ended."""
    waiting = session.scalars(
        select(TradeOrder)
        .where(TradeOrder.peer_host == fact.host, TradeOrder.state.not_in([s.value for s in FINAL]))
        .order_by(TradeOrder.id)
        .with_for_update()
    )
    said = {
        "paused": problems.PAUSED.text,
        "ended": problems.ENDED.text,
        "blocked": problems.ENDED.text,
        "joined": "",
    }
    for order in waiting:
        if fact.state != "joined" or order.problem in _OF_TIES:  # another one stays for people
            order.problem = said.get(fact.state, order.problem)
