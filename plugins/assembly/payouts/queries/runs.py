"""Runs of payouts: one of them with its rows, their list, and what one account was paid."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person
from ..models import Payout, PayoutRow

SIZE = 20


@dataclass(frozen=True, slots=True)
class PayoutPage:
    """A run and what it paid to whom, by name."""

    payout: Row[Any]
    rows: Sequence[Row[Any]]

    @property
    def returned(self) -> int:
        return sum(row.amount for row in self.rows if row.returned_at is not None)


def payouts(
    session: Session, *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[Row[Any]]:
    """Return runs, newest first, below the id ``before``."""
    query = select(*Payout.__table__.c).order_by(Payout.id.desc()).limit(limit)
    return session.execute(query if before is None else query.where(Payout.id < before)).all()


def payout_page(session: Session, payout_id: int) -> PayoutPage:
    """Return a run with its rows; NotFound if there is none."""
    one: Select[Any] = (
        select(*Payout.__table__.c, Person.name.label("actor_name"))
        .outerjoin(Person, Person.id == Payout.actor_id)
        .where(Payout.id == payout_id)
    )
    payout = session.execute(one).one_or_none()
    if payout is None:
        raise NotFound("There is no such payout.")
    rows = session.execute(
        select(*PayoutRow.__table__.c)
        .where(PayoutRow.payout_id == payout_id)
        .order_by(PayoutRow.name, PayoutRow.account)
    ).all()
    return PayoutPage(payout, rows)


def paid_to(session: Session, accounts: Collection[str], *, limit: int = 5) -> Sequence[Row[Any]]:
    """Return what these accounts were paid, newest first: account, name, amount, bank, number,
    returned_at, and ``at`` of the run."""
    query: Select[Any] = (
        select(*PayoutRow.__table__.c, Payout.at)
        .join(Payout, Payout.id == PayoutRow.payout_id)
        .where(PayoutRow.account.in_(accounts))
        .order_by(PayoutRow.payout_id.desc(), PayoutRow.account)
        .limit(limit)
    )
    return session.execute(query).all()
