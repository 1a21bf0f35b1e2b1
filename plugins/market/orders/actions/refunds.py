"""Giving money back: never more than was paid and not yet given back, and once per key."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Refused
from .....core.models import LedgerPosting
from .....core.node import Node
from ..models import Order, OrderLine
from ..rules import given_reason
from .hand import owed_to
from .held import held_line, touch
from .letters import refunded_letter
from .notes import note


def refund(
    node: Node,
    session: Session,
    line_id: int,
    amount: int,
    *,
    reason: str,
    actor_id: int,
    key: str,
) -> None:
    """Give ``amount`` won of a paid line back, from the money in hand where it was paid.

    No fee is kept: what is given back is taken out of what is shared. A second call with the same
    ``key`` changes nothing. Refused beyond paid - refunded.
    """
    why = given_reason(reason)
    order, line = held_line(node, session, line_id)
    posting = f"refund:{line_id}:{key}"[:120]
    if _made(session, posting, amount):
        return
    if not 0 < amount <= line.paid - line.refunded:
        raise Refused(
            "At most %(most)s won of %(name)s can be given back.",
            most=f"{line.paid - line.refunded:,}",
            name=line.product_name,
        )
    line.refunded += amount
    at = node.clock.now()
    touch(session, order, at)
    ledger.post(session, [_draft(order, line, amount, why, actor_id, posting)], at)
    note(session, order.id, "refunded", at=at, actor_id=actor_id, line=line_id,
         product=line.product_name, amount=amount, reason=why)  # fmt: skip
    refunded_letter(node, session, order, amount, line.product_name, why, key=posting)


def _made(session: Session, posting: str, amount: int) -> bool:
    """Return whether this refund stands already; Refused if it stands with another amount."""
    found = session.scalar(select(LedgerPosting.memo).where(LedgerPosting.key == posting))
    if found is not None and not found.startswith(f"Refund of {amount} "):
        raise Refused("This refund was already made with another amount. Please look again.")
    return found is not None


def _draft(
    order: Order, line: OrderLine, amount: int, reason: str, actor_id: int, key: str
) -> ledger.Draft:
    return ledger.Draft(
        key=key,
        subject=f"order:{order.id}",
        memo=f"Refund of {amount} won, order {order.number}: {reason}"[:300],
        entries=(
            (owed_to(order.occasion), amount),
            (ledger.account("cash", order.host_id), -amount),
        ),
        actor_id=actor_id,
    )
