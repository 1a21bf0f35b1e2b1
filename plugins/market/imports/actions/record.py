"""Keeping what an import did, so that it can be looked at and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from .....core import audit
from ...catalog.actions import Hand
from ..models import Import, ImportRow
from ..rules import Outcome, Report, RowOutcome


@dataclass(frozen=True, slots=True)
class Done:
    """An import that was done: its number and what became of every row."""

    id: int
    report: Report


def keep(
    session: Session,
    kind: str,
    report: Report,
    subjects: Mapping[int, int],
    *,
    file_name: str,
    seller_id: int | None,
    hand: Hand,
) -> Done:
    """Write down an import; ``subjects`` are the ids of what each line made."""
    done = Import(
        kind=kind,
        file_name=file_name[-200:],
        seller_id=seller_id,
        person_id=hand.person_id,
        at=hand.at,
        counts=report.counts,
    )
    session.add(done)
    session.flush()
    rows = [_kept(done.id, row, subjects) for row in report.rows]
    if rows:
        session.execute(insert(ImportRow), rows)
    audit.record(
        session,
        "market.import.done",
        at=hand.at,
        person_id=hand.person_id,
        subject=("import", done.id),
        kind=kind,
        file=file_name,
        **report.counts,
    )
    return Done(done.id, report)


def _kept(import_id: int, row: RowOutcome, subjects: Mapping[int, int]) -> dict[str, Any]:
    made = row.outcome == Outcome.MADE
    return {
        "import_id": import_id,
        "line": row.line,
        "outcome": str(row.outcome),
        "name": row.name,
        "incomplete": row.incomplete,
        "notes": [[message.text, dict(message.values)] for message in row.reasons],
        "subject_id": subject_of(row, subjects),
        "before": row.before or None,
        "after": dict(row.facts) if made else row.after or None,
    }


def subject_of(row: RowOutcome, subjects: Mapping[int, int]) -> int | None:
    """Return the id of what a row means: known before, made by it or by the line it completes."""
    return row.subject_id or subjects.get(row.line) or subjects.get(row.first_line or 0)
