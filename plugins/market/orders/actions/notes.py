"""What is written down of every step of an order: its own history and the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from .....core import audit
from .....core.statements import Statement
from ..models import OrderEvent
from ..rules import CORRECTED

_EVENTS: Table = OrderEvent.__table__  # type: ignore[assignment]
_NOTE = Statement(insert(_EVENTS))


def note_correction(
    session: Session, order_id: int, *, product: str, amount: int, reason: str, at: datetime,
    actor_id: int | None, product_id: int | None = None,
) -> None:  # fmt: skip
    """Write into an order's history that won of a product came back after all was settled."""
    note(session, order_id, CORRECTED, at=at, actor_id=actor_id, product=product, amount=amount,
         reason=reason, product_id=product_id)  # fmt: skip


def note(
    session: Session,
    order_id: int,
    kind: str,
    *,
    at: datetime,
    actor_id: int | None,
    **details: Any,
) -> None:
    """Write that ``kind`` happened to an order."""
    _NOTE.write(
        session,
        {"order_id": order_id, "at": at, "actor_id": actor_id, "kind": kind, "details": details},
    )
    audit.record(
        session,
        f"market.order.{kind}",
        at=at,
        person_id=actor_id,
        subject=("order", order_id),
        **details,
    )
