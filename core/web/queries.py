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


STANDINGS = ("steward", "runs", "unchecked", "blocked")
"""By which people are told apart: who runs the node, who runs a page, whose address nobody has
shown to be theirs, who is shut out."""


def people(
    session: Session, wanted: str, *, standing: str = "", before: int | None, limit: int
) -> Rows:
    """Return accounts, the newest first, whose name or e-mail address contains ``wanted``;
    ``standing`` is one of ``STANDINGS`` or empty."""
    steward = (
        select(Grant.id)
        .where(Grant.person_id == Person.id, Grant.space_id.is_(None), Grant.role == STEWARD)
        .exists()
    )
    runs = select(Grant.id).where(Grant.person_id == Person.id, Grant.space_id.is_not(None))
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
    narrowed = {
        "steward": steward,
        "runs": runs.exists(),
        "unchecked": Person.email_checked_at.is_(None),
        "blocked": Person.blocked_at.is_not(None),
    }
    if standing in narrowed:
        query = query.where(narrowed[standing])
    if before is not None:
        query = query.where(Person.id < before)
    return session.execute(query.order_by(Person.id.desc()).limit(limit)).all()


def roles_of(session: Session, person_id: int) -> Rows:
    """Return the roles of a person with the spaces in which they hold them."""
    return session.execute(
        select(Grant.role, Grant.granted_at, Space.id, Space.name, Space.slug, Space.kind)
        .outerjoin(Space, Space.id == Grant.space_id)
        .where(Grant.person_id == person_id)
        .order_by(Space.name, Grant.role)
    ).all()


def space_by_name(session: Session, name: str) -> Space | None:
    """Return the space of this very name, None if there is none or more than one."""
    found = session.scalars(select(Space).where(Space.name == name).limit(2)).all()
    return found[0] if len(found) == 1 else None


def found_spaces(
    session: Session, wanted: str, *, kind: str = "", standing: str = "", after: Place | None,
    limit: int,
) -> Rows:  # fmt: skip
    """Return spaces by name for stewards, with how many people run each; ``standing`` is closed,
    hidden, nobody (who runs it) or empty."""
    runs = select(func.count()).where(Grant.space_id == Space.id).scalar_subquery()
    query = select(
        Space.id, Space.slug, Space.name, Space.kind, Space.province, Space.county, Space.home,
        Space.closed_at, Space.hidden_at, runs.label("people"),
    ).where(Space.kind != "node")  # fmt: skip
    if wanted:
        query = query.where(Space.name.icontains(wanted, autoescape=True))
    if kind:
        query = query.where(Space.kind == kind)
    narrowed = {
        "closed": Space.closed_at.is_not(None),
        "hidden": Space.hidden_at.is_not(None),
        "nobody": (runs == 0) & (Space.home == "") & Space.closed_at.is_(None),
    }
    if standing in narrowed:
        query = query.where(narrowed[standing])
    return session.execute(_by_name(query, Space, after, limit)).all()


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which lines of the audit log are asked for; what is empty does not narrow.

    ``action`` is how it begins, ``subject_kind`` and ``subject_id`` what it was done to. ``since``
    is included, ``until`` is not.
    """

    action: str = ""
    who: str = ""
    person_id: int | None = None
    subject_kind: str = ""
    subject_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def audit_log(
    session: Session, wanted: LogFilter, *, before: int | None, limit: int
) -> Rows:  # fmt: skip
    """Return what was done, the newest first."""
    record = AuditRecord
    query = select(
        record.id, record.at, record.action, record.subject_kind, record.subject_id,
        record.details, record.person_id, Person.name, Person.email,
    ).outerjoin(Person, Person.id == record.person_id)  # fmt: skip
    if wanted.action:
        query = query.where(record.action.startswith(wanted.action, autoescape=True))
    if wanted.who:
        name, email = Person.name, Person.email
        query = query.where(
            or_(
                name.icontains(wanted.who, autoescape=True),
                email.icontains(wanted.who, autoescape=True),
            )
        )
    exact = {
        record.person_id: wanted.person_id,
        record.subject_kind: wanted.subject_kind or None,
        record.subject_id: wanted.subject_id,
    }
    query = query.where(*(column == value for column, value in exact.items() if value is not None))
    if wanted.since is not None:
        query = query.where(record.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(record.at < wanted.until)
    if before is not None:
        query = query.where(record.id < before)
    return session.execute(query.order_by(record.id.desc()).limit(limit)).all()


def about_person(session: Session, person_id: int, *, limit: int = 30) -> Rows:
    """Return what was last done to a person's account, and by whom."""
    wanted = LogFilter(subject_kind="person", subject_id=person_id)
    return audit_log(session, wanted, before=None, limit=limit)


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


def choosers(session: Session, numbers: Sequence[int]) -> dict[int, Any]:
    """Return who chose settings and what, by the number of the version."""
    rows = session.execute(
        select(AuditRecord.subject_id, AuditRecord.details, Person.name)
        .outerjoin(Person, Person.id == AuditRecord.person_id)
        .where(AuditRecord.subject_kind == "choices", AuditRecord.subject_id.in_(numbers))
    )
    return {row.subject_id: row for row in rows}
