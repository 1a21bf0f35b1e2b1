"""What the core's own pages read: lists by the place of their last row, never counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from ..members import LEFT
from ..models import AuditRecord, Consent, Grant, Person, Picture, Space
from ..values import STEWARD, SpaceFace

Rows = Sequence[Any]
Place = tuple[str, int]
"""The name and the id of the last row of a page that is sorted by name."""


def consents(session: Session, person_id: int) -> dict[str, datetime]:
    """Return since when the person agrees to what, by subject."""
    rows = session.execute(
        select(Consent.subject, func.max(Consent.given_at))
        .where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None))
        .group_by(Consent.subject)
    )
    return {row[0]: row[1] for row in rows}


def my_spaces(session: Session, person_id: int) -> Rows:
    """Return the spaces that a person runs, with their role in each."""
    return session.execute(
        select(Space.slug, Space.name, Space.kind, Grant.role)
        .join(Grant, Grant.space_id == Space.id)
        .where(Grant.person_id == person_id, Space.closed_at.is_(None))
        .order_by(Space.name, Space.id)
    ).all()


def spaces(
    session: Session, kind: str | None, *, after: Place | None, limit: int, closed: bool = False
) -> Rows:
    """Return spaces by name, with the digest of their picture."""
    query = (
        select(
            Space.id, Space.slug, Space.name, Space.kind, Space.province, Space.county,
            Space.intro, Space.incomplete, Space.closed_at, Picture.digest,
        )
        .outerjoin(Picture, Picture.id == Space.picture_id)
        .where(Space.kind != "node")
    )  # fmt: skip
    if kind is not None:
        query = query.where(Space.kind == kind)
    if not closed:
        query = query.where(Space.closed_at.is_(None))
    return session.execute(_by_name(query, Space, after, limit)).all()


def _by_name(query: Any, table: Any, after: Place | None, limit: int) -> Any:
    if after is not None:
        name, id_ = after
        query = query.where(or_(table.name > name, and_(table.name == name, table.id > id_)))
    return query.order_by(table.name, table.id).limit(limit)


def people_of(session: Session, space_id: int) -> Rows:
    """Return who holds which role in a space."""
    return session.execute(
        select(Person.id, Person.name, Person.email, Grant.role, Grant.granted_at)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.space_id == space_id)
        .order_by(Person.name, Person.id, Grant.role)
    ).all()


def people(session: Session, wanted: str, *, before: int | None, limit: int) -> Rows:
    """Return accounts, the newest first, whose name or e-mail address contains ``wanted``."""
    steward = (
        select(Grant.id)
        .where(Grant.person_id == Person.id, Grant.space_id.is_(None), Grant.role == STEWARD)
        .exists()
    )
    query = select(
        Person.id, Person.name, Person.email, Person.phone, Person.created_at,
        Person.email_checked_at, Person.blocked_at, steward.label("is_steward"),
    ).where(~Person.email.endswith(LEFT))  # fmt: skip
    if wanted:
        query = query.where(
            or_(
                Person.name.icontains(wanted, autoescape=True),
                Person.email.icontains(wanted, autoescape=True),
            )
        )
    if before is not None:
        query = query.where(Person.id < before)
    return session.execute(query.order_by(Person.id.desc()).limit(limit)).all()


def audit_log(session: Session, *, action: str, before: int | None, limit: int) -> Rows:
    """Return what was done, the newest first; ``action`` keeps those that begin with it."""
    query = select(
        AuditRecord.id, AuditRecord.at, AuditRecord.action, AuditRecord.subject_kind,
        AuditRecord.subject_id, AuditRecord.details, Person.name, Person.email,
    ).outerjoin(Person, Person.id == AuditRecord.person_id)  # fmt: skip
    if action:
        query = query.where(AuditRecord.action.startswith(action, autoescape=True))
    if before is not None:
        query = query.where(AuditRecord.id < before)
    return session.execute(query.order_by(AuditRecord.id.desc()).limit(limit)).all()


@dataclass(frozen=True, slots=True)
class SpaceAndPicture:
    """A space as its page shows it."""

    space: Space
    picture: Picture | None

    @property
    def face(self) -> SpaceFace:
        return SpaceFace(self.space.id, self.space.kind, self.space.slug, self.space.name)


def space_page(session: Session, slug: str) -> SpaceAndPicture | None:
    """Return a space with its picture by the name in its address."""
    row = session.execute(
        select(Space, Picture)
        .outerjoin(Picture, Picture.id == Space.picture_id)
        .where(Space.slug == slug)
    ).one_or_none()
    return None if row is None else SpaceAndPicture(row[0], row[1])
