"""The movements of a resident's account, each with what it was for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.values import Won
from ...accounts.queries import reasons_of
from ...accounts.rules import resident
from ..models import Order

KINDS = ("paid", "refund", "transfer", "reversal", "back", "payout")


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement: ``amount`` is above 0 when the resident gained.

    ``kind`` is the first word of its posting's key, or "more" where more was paid for an order than
    was asked; "" for one that is none of ours. ``order`` has uid, number and title.
    """

    id: int
    at: datetime
    amount: Won
    kind: str
    reason: str
    order: Row[*tuple[Any, ...]] | None


def movements(
    session: Session, person_id: int, *, before: int | None = None, limit: int = 30
) -> list[Movement]:
    """Return what moved a person's account, newest first, below the id ``before``."""
    found = ledger.lines(session, resident(person_id), before=before, limit=limit)
    orders = _orders(session, person_id, [line.subject for line in found])
    reasons = reasons_of(session, [line.key for line in found])
    return [
        Movement(
            line.id, line.at, line.amount, _kind(line),
            reasons.get(line.key, ""), orders.get(line.subject),
        )
        for line in found
    ]  # fmt: skip


def _kind(line: ledger.Line) -> str:
    kind = line.key.partition(":")[0]
    if kind == "paid" and line.amount > 0:
        return "more"
    return kind if kind in KINDS else ""


def _orders(
    session: Session, person_id: int, subjects: Sequence[str]
) -> dict[str, Row[*tuple[Any, ...]]]:
    pairs = [subject.partition(":") for subject in subjects]
    numbers = {int(number) for kind, _, number in pairs if kind == "order"}
    rows = session.execute(
        select(Order.id, Order.uid, Order.number, Order.title).where(
            Order.id.in_(numbers), Order.person_id == person_id
        )
    )
    return {f"order:{row.id}": row for row in rows}
