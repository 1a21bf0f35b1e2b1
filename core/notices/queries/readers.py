"""Who is told, with everything that decides how: one statement for all of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, and_, bindparam, exists, func, select
from sqlalchemy.orm import Session

from ...answers import NoticeKind
from ...db import Instant
from ...members import LEFT
from ...models import Consent, Person
from ...statements import Listed
from ..models import Browser, Choice, Hours, Told
from ..rules import HOUSE, Situation, Times, Way, way_of

HOUR = timedelta(hours=1)
NEWS = "news"
"""The consent without which nobody is sent advertising."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One person who is told something."""

    id: int
    email: str
    language: str
    way: Way
    times: Times
    situation: Situation


def agrees(session: Session, person_id: int) -> bool:
    """Say whether somebody has agreed to be sent advertising, and not taken it back."""
    standing = select(Consent.id).where(
        Consent.person_id == person_id, Consent.subject == NEWS, Consent.withdrawn_at.is_(None)
    )
    return session.scalar(standing.limit(1)) is not None


def _statement(ids: list[Any]) -> Any:
    mailed = (Told.person_id == Person.id, Told.mailed_at > bindparam("since", type_=Instant))
    return (
        select(
            Person.id, Person.email, Person.language, Person.email_checked_at,
            Choice.on_bell, Choice.mail, Choice.push,
            Hours.quiet_from, Hours.quiet_until, Hours.digest_at, Hours.digest,
            exists().where(Browser.person_id == Person.id).label("browser"),
            exists().where(
                Consent.person_id == Person.id, Consent.subject == NEWS,
                Consent.withdrawn_at.is_(None),
            ).label("agreed"),
            select(func.count(func.distinct(Told.mail_key))).where(*mailed)
            .scalar_subquery().label("mails"),
            select(func.min(Told.mailed_at)).where(*mailed).scalar_subquery().label("first_mail"),
        )
        .outerjoin(
            Choice,
            and_(Choice.person_id == Person.id, Choice.kind == bindparam("kind", type_=String)),
        )
        .outerjoin(Hours, Hours.person_id == Person.id)
        .where(Person.id.in_(ids), Person.email.not_like(f"%{LEFT}"))
    )  # fmt: skip


_READERS = Listed(_statement)


def readers(
    session: Session, ids: Collection[int], kind: NoticeKind, *, now: datetime, most: int
) -> list[Reader]:
    """Return those of these people who have not left, each once; ``most`` is how many mails
    somebody gets within an hour."""
    rows = _READERS.all(session, ids, {"kind": kind.name, "since": now - HOUR})
    return [_reader(row, kind, most) for row in rows]


def _reader(row: Any, kind: NoticeKind, most: int) -> Reader:
    way = way_of(kind) if row.mail is None else Way(bool(row.on_bell), row.mail, bool(row.push))
    full = row.mails >= most
    situation = Situation(
        proven=row.email_checked_at is not None,
        agreed=bool(row.agreed),
        browser=bool(row.browser),
        free_at=row.first_mail + HOUR if full else None,
    )
    return Reader(row.id, row.email, row.language, way, times_from(row), situation)


def times_from(row: Any) -> Times:
    """Return the hours of a row that may hold none."""
    if row.quiet_from is None:
        return HOUSE
    return Times(row.quiet_from, row.quiet_until, row.digest_at, bool(row.digest))
