"""The audit log: who did what, written in the transaction in which it was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from .models import AuditRecord
from .statements import Statement

_RECORD = Statement(insert(AuditRecord.__table__))  # type: ignore[arg-type]
"""Made once: this is written in nearly every transaction."""


def record(
    session: Session,
    action: str,
    *,
    at: datetime,
    person_id: int | None,
    subject: tuple[str, int | None],
    **details: Any,
) -> None:
    """Write one line; ``subject`` is a kind and an id as in ("order", 12). No secrets in it."""
    _RECORD.write(
        session,
        {
            "at": at,
            "person_id": person_id,
            "action": action,
            "subject_kind": subject[0],
            "subject_id": subject[1],
            "details": details,
        },
    )
