"""Deciding by hand on deposits that no order fits, and taking a decision back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, ledger, members
from .....core.errors import NotFound, Refused
from .....core.models import LedgerPosting, Person
from .....core.node import Node
from .....core.values import Message
from ...orders.actions.notes import note
from ..models import Deposit
from ..queries import BOOKED, WAITING
from .booking import Booking, book, held_orders, posting_key
from .letters import mistaken_letter

_BY_HAND = Message("Decided by hand.", {}).text
_TAKEN_BACK = Message("Taken back by hand.", {}).text


def give(
    node: Node, session: Session, deposit_id: int, *, person_id: int, order_id: int | None,
    actor_id: int,
) -> None:  # fmt: skip
    """Give a deposit to a person, and to their order if it is for one; Refused if they left."""
    deposit = _waiting(session, deposit_id)
    if members.has_left(session.get_one(Person, person_id)):
        raise Refused("This person has left. Please send the money back to where it came from.")
    deposit.why, deposit.named = _BY_HAND, {}
    book(node, session, [Booking(deposit, person_id, order_id)], state="given", actor_id=actor_id)
    _audit(node, session, deposit, "given", actor_id)


def leave_aside(node: Node, session: Session, deposit_id: int, *, actor_id: int) -> None:
    """Note that a deposit belongs to nobody who orders here: rent, a gift, something else."""
    deposit = _waiting(session, deposit_id)
    deposit.state, deposit.why, deposit.named = "left", _BY_HAND, {}
    deposit.decided_at, deposit.decided_by = node.clock.now(), actor_id
    session.flush()
    _audit(node, session, deposit, "left", actor_id)


def take_back(node: Node, session: Session, deposit_id: int, *, actor_id: int) -> None:
    """Undo a decision, also one that the file made: by a reversal, so that all of it stays to be
    seen. The deposit then waits for a person again; a second time changes nothing."""
    deposit = _held(session, deposit_id)
    if deposit.state in WAITING:
        return
    if deposit.state in BOOKED:
        _reverse(node, session, deposit, actor_id)
    deposit.state, deposit.person_id, deposit.order_id = "unmatched", None, None
    deposit.why, deposit.named = _TAKEN_BACK, {}
    deposit.decided_at, deposit.decided_by = node.clock.now(), actor_id
    deposit.version += 1
    session.flush()
    _audit(node, session, deposit, "taken_back", actor_id)


def _reverse(node: Node, session: Session, deposit: Deposit, actor_id: int) -> None:
    at = node.clock.now()
    orders = held_orders(session, [deposit.order_id] if deposit.order_id else [])
    for order in orders.values():
        order.transferred -= deposit.amount
        note(session, order.id, "untransferred", at=at, actor_id=actor_id, amount=deposit.amount)
    session.flush()
    posting = session.scalar(
        select(LedgerPosting.id).where(LedgerPosting.key == posting_key(deposit))
    )
    if posting is None or deposit.person_id is None:
        raise ledger.LedgerError(f"deposit {deposit.id} is booked without a posting")
    ledger.reverse(session, posting, memo="Transfer noted by mistake", at=at, actor_id=actor_id)
    mistaken_letter(node, session, deposit, deposit.person_id)


def _held(session: Session, deposit_id: int) -> Deposit:
    found = session.get(Deposit, deposit_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("There is no such deposit.")
    return found


def _waiting(session: Session, deposit_id: int) -> Deposit:
    found = _held(session, deposit_id)
    if found.state not in WAITING:
        raise Refused("Somebody has decided on this deposit already. Please look again.")
    return found


def _audit(node: Node, session: Session, deposit: Deposit, what: str, actor_id: int) -> None:
    audit.record(
        session, f"market.transfers.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("deposit", deposit.id), amount=deposit.amount, person=deposit.person_id,
    )  # fmt: skip
