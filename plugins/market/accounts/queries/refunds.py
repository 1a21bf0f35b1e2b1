"""Out of what orders were paid, and why money went back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ..models import Refund, Tender


def tenders_of(session: Session, order_id: int) -> dict[str, Row[*tuple[Any, ...]]]:
    """Return out of what an order was paid, by kind: kind, amount and refunded in won."""
    rows = session.execute(
        select(Tender.kind, Tender.amount, Tender.refunded)
        .where(Tender.order_id == order_id)
        .order_by(Tender.id)
    )
    return {row.kind: row for row in rows}


def reasons_of(session: Session, keys: Collection[str]) -> dict[str, str]:
    """Return the reason of each refund by the key of its posting."""
    rows = session.execute(select(Refund.key, Refund.reason).where(Refund.key.in_(keys)))
    return {row.key: row.reason for row in rows}
