"""Asking for what is done later: single by person and time, so that much is brought together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ... import outbox

MAIL = "notices.mail"
PUSH = "notices.push"
PUSH_ONE = "notices.push_one"


def ask_mail(
    session: Session, person_id: int, due: datetime, now: datetime, mark: str = ""
) -> None:
    """Ask for one mail to somebody, with everything that is due by then."""
    key = f"{MAIL}:{person_id}:{due.isoformat()}{mark}"
    outbox.enqueue(session, MAIL, {"person_id": person_id}, key=key, at=max(due, now))


def ask_push(session: Session, person_id: int, key: str, due: datetime, now: datetime) -> None:
    """Ask for a push message to the browsers of somebody."""
    payload = {"person_id": person_id, "key": key}
    outbox.enqueue(session, PUSH, payload, key=f"push:{person_id}:{key}"[:120], at=max(due, now))
