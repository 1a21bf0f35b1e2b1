"""Links and codes that work once: to check an address, to choose a new password, to come in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ..errors import NotFound
from ..models import OneTimeCode, Person
from .sign_ins import digest

CHECK_EMAIL = "check-email"
NEW_PASSWORD = "new-password"  # noqa: S105 the name of a purpose
NEW_EMAIL = "new-email"
ENTER_LINK = "enter-link"
ENTER_CODE = "enter-code"
ENTER_NOW = "enter-now"
LASTS = {
    CHECK_EMAIL: timedelta(days=3),
    NEW_PASSWORD: timedelta(hours=1),
    NEW_EMAIL: timedelta(hours=1),
    ENTER_LINK: timedelta(days=7),
    ENTER_CODE: timedelta(minutes=30),
    ENTER_NOW: timedelta(minutes=30),
}

KEPT = timedelta(days=30)
"""How long a link that is over stays on record, for whoever asks what happened."""


def issue(
    session: Session, person: Person, purpose: str, *, token: str, at: datetime,
    email: str | None = None,
) -> None:  # fmt: skip
    """Make a link or code for this purpose; those made earlier for it stop working. ``email`` is
    the address that it is sent to, None that of the account."""
    spend(session, person.id, purpose, at=at)
    session.execute(delete(OneTimeCode).where(OneTimeCode.expires_at <= at - KEPT))
    session.add(
        OneTimeCode(
            person_id=person.id,
            purpose=purpose,
            token_hash=digest(token),
            email=email or person.email,
            created_at=at,
            expires_at=at + LASTS[purpose],
        )
    )
    session.flush()


def owner(session: Session, token: str, purpose: str, *, at: datetime) -> Person:
    """Return whose link it is; ``NotFound`` if it was used, is too old, or is for a former
    address."""
    person = session.scalars(
        select(Person)
        .join(OneTimeCode, OneTimeCode.person_id == Person.id)
        .where(
            OneTimeCode.token_hash == digest(token),
            OneTimeCode.purpose == purpose,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > at,
            OneTimeCode.email == Person.email,
            Person.blocked_at.is_(None),
        )
    ).one_or_none()
    if person is None:
        raise NotFound("This link was used already or is too old. Please ask for a new one.")
    return person


def wish(session: Session, token: str, *, at: datetime) -> tuple[Person, str]:
    """Return who asked for another address, and which; ``NotFound`` if it was done already or is
    too old."""
    found = session.execute(
        select(Person, OneTimeCode.email)
        .join(OneTimeCode, OneTimeCode.person_id == Person.id)
        .where(
            OneTimeCode.token_hash == digest(token),
            OneTimeCode.purpose == NEW_EMAIL,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > at,
            Person.blocked_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotFound("This link was used already or is too old. Please ask for a new one.")
    return found[0], found[1]


def use(session: Session, token: str, purpose: str, *, at: datetime) -> Person:
    """Use a link up and return whose it is; of two at the same time only one succeeds."""
    person = owner(session, token, purpose, at=at)
    used = session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.token_hash == digest(token), OneTimeCode.used_at.is_(None))
        .values(used_at=at)
    )
    if not used.rowcount:  # type: ignore[attr-defined]
        raise NotFound("This link was used already or is too old. Please ask for a new one.")
    return person


def spend(session: Session, person_id: int, purpose: str, *, at: datetime) -> None:
    """Make all links of this purpose that a person was sent stop working."""
    session.execute(
        update(OneTimeCode)
        .where(
            OneTimeCode.person_id == person_id,
            OneTimeCode.purpose == purpose,
            OneTimeCode.used_at.is_(None),
        )
        .values(used_at=at)
    )


def waiting(
    session: Session, person_ids: Collection[int], purposes: Collection[str], *, at: datetime
) -> Sequence[tuple[int, str, datetime]]:
    """Return what still works of these people for these purposes: whose, for what, until when."""
    rows = session.execute(
        select(OneTimeCode.person_id, OneTimeCode.purpose, OneTimeCode.expires_at)
        .where(
            OneTimeCode.person_id.in_(person_ids),
            OneTimeCode.purpose.in_(purposes),
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > at,
        )
        .order_by(OneTimeCode.id)
    )
    return [(row.person_id, row.purpose, row.expires_at) for row in rows]
