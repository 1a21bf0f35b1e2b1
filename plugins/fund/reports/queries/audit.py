"""What whoever audits the fund sees: every posting with who booked it, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from .....core.models import AuditRecord, LedgerAccount, LedgerEntry, LedgerPosting, Person
from ...earmarks.models import Moved
from ...earmarks.queries import of_the_fund
from ...earmarks.rules import OUT

SIZE = 40


@dataclass(frozen=True, slots=True)
class Booked:
    """A posting of the fund: ``amount`` is what went through the fund's accounts, above 0;
    ``gain`` what the fund gained by it (0: only set apart)."""

    row: Any
    amount: int
    gain: int


def postings(
    session: Session, *, bare: bool = False, before: int | None = None, limit: int = SIZE + 1
) -> list[Booked]:
    """Return postings, the newest first, with who booked each (None: the program by itself).

    ``bare`` keeps expenses without a receipt: those that no claim stands behind.
    """
    gain = -func.sum(LedgerEntry.amount)
    query = (
        select(
            LedgerPosting.id, LedgerPosting.at, LedgerPosting.subject, LedgerPosting.memo,
            LedgerPosting.key, LedgerPosting.reverses_id, Moved.way, Moved.kind,
            Person.name.label("actor"), func.min(LedgerEntry.id).label("entry_id"),
            gain.label("gain"), func.max(func.abs(LedgerEntry.amount)).label("amount"),
        )
        .select_from(LedgerEntry)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .outerjoin(Moved, Moved.posting == LedgerPosting.key)
        .outerjoin(Person, Person.id == LedgerPosting.actor_id)
        .where(of_the_fund())
        .group_by(LedgerPosting.id, Moved.way, Moved.kind, Person.name)
        .order_by(LedgerPosting.id.desc())
        .limit(limit)
    )  # fmt: skip
    if before is not None:
        query = query.where(LedgerPosting.id < before)
    if bare:
        query = query.where(
            Moved.way == OUT, LedgerPosting.reverses_id.is_(None),
            ~LedgerPosting.subject.startswith("claim:"),
        )  # fmt: skip
    return [Booked(row, int(row.amount), int(row.gain)) for row in session.execute(query)]


def done(session: Session, limit: int = 50) -> Sequence[Row[Any]]:
    """Return what the fund's offices have done lately beside booking, and exceptions with their
    reasons, the newest first."""
    return session.execute(
        select(
            AuditRecord.at, AuditRecord.action, AuditRecord.subject_kind, AuditRecord.subject_id,
            AuditRecord.details, Person.name.label("actor"),
        )
        .outerjoin(Person, Person.id == AuditRecord.person_id)
        .where(AuditRecord.action.in_(("fund.override", "fund.office_given", "fund.office_taken",
                                       "fund.opened_area", "fund.closed_area", "fund.taken_back")))
        .order_by(AuditRecord.id.desc())
        .limit(limit)
    ).all()  # fmt: skip
