"""Giving money back: never more than was paid and not yet given back, and once per key."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import ledger, members
from .....core.errors import Refused
from .....core.node import Node
from ...accounts.models import Refund, Tender
from ...accounts.rules import BALANCE, CASH, TRANSFER, going_back, resident
from ..models import Order
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
) -> Refund:
    """Give ``amount`` won of a paid line back to where they came from, and return how.

    Credit and transfers go back to the resident's account first, then cash is given back where it
    was paid. No fee is kept: what is given back is taken out of what is shared. A second call with
    the same ``key`` changes nothing. Refused beyond paid - refunded, and onto the account of
    somebody who left.
    """
    why = given_reason(reason)
    order, line = held_line(node, session, line_id)
    posting = f"refund:{line_id}:{key}"[:120]
    standing = _standing(session, posting, amount)
    if standing is not None:
        return standing
    if not 0 < amount <= line.paid - line.refunded:
        raise Refused(
            "At most %(most)s won of %(name)s can be given back.",
            most=f"{line.paid - line.refunded:,}",
            name=line.product_name,
        )
    line.refunded += amount
    at = node.clock.now()
    made = Refund(
        key=posting, order_id=order.id, line_id=line_id, amount=amount, reason=why,
        actor_id=actor_id, at=at, **_from_tenders(session, order.id, amount),
    )  # fmt: skip
    if made.amount > made.cash:
        _check_here(session, order.person_id)
    session.add(made)
    touch(session, order, at)
    ledger.post(session, [_draft(order, made)], at)
    note(session, order.id, "refunded", at=at, actor_id=actor_id, line=line_id,
         product=line.product_name, amount=amount, reason=why, cash=made.cash)  # fmt: skip
    refunded_letter(node, session, order, made, line.product_name)
    return made


def _standing(session: Session, posting: str, amount: int) -> Refund | None:
    """Return this refund if it stands already; Refused if it stands with another amount."""
    found = session.scalar(select(Refund).where(Refund.key == posting))
    if found is not None and found.amount != amount:
        raise Refused("This refund was already made with another amount. Please look again.")
    return found


def _check_here(session: Session, person_id: int) -> None:
    if members.stays(session, person_id) is None:
        raise Refused("Whoever paid this has left, so that nothing can be given back to them.")


def _from_tenders(session: Session, order_id: int, amount: int) -> dict[str, int]:
    """Take the amount from what the order was paid out of, and return how much from each."""
    query = select(Tender).where(Tender.order_id == order_id)
    found = session.scalars(query.execution_options(populate_existing=True)).all()
    parts = going_back({each.kind: each.amount - each.refunded for each in found}, amount)
    for tender in found:
        tender.refunded += parts[tender.kind]
    return {kind: parts[kind] for kind in (BALANCE, TRANSFER, CASH)}


def _draft(order: Order, made: Refund) -> ledger.Draft:
    entries = (
        (owed_to(order.occasion), made.amount),
        (resident(order.person_id), -(made.balance + made.transfer)),
        (ledger.account("cash", order.host_id), -made.cash),
    )
    return ledger.Draft(
        key=made.key,
        subject=f"order:{order.id}",
        memo=f"Refund of {made.amount} won, order {order.number}: {made.reason}"[:300],
        entries=tuple((code, won) for code, won in entries if won),
        actor_id=made.actor_id,
    )
