"""What an organisation says of itself, who has seen it, its team, plans and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person, Space
from ..models import Organisation, Paper, Report, Teammate, Verification
from ..rules import still_verified

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class About:
    """What an organisation says of itself; ``form`` is empty until it has said so."""

    form: str = ""
    number: str = ""
    books_open: bool = False
    version: int = 0


def about_of(session: Session, space_id: int) -> About:
    """Return what an organisation says of itself."""
    row = session.get(Organisation, space_id)
    if row is None:
        return About()
    return About(row.form, row.number, row.books_open, row.version)


def badge_of(session: Session, space_id: int, now: datetime) -> AnyRow | None:
    """Return the look of a steward that holds now: seen, at, expires_at, by; None if none does."""
    row = session.execute(
        select(
            Verification.seen, Verification.at, Verification.expires_at, Verification.form,
            Verification.number, Person.name.label("by"),
            Organisation.form.label("form_now"), Organisation.number.label("number_now"),
        )
        .join(Organisation, Organisation.space_id == Verification.space_id)
        .join(Person, Person.id == Verification.by_id)
        .where(Verification.space_id == space_id, Verification.ended_at.is_(None))
        .order_by(Verification.id.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    seen = {"form": row.form, "number": row.number}
    said = {"form": row.form_now, "number": row.number_now}
    return row if still_verified(seen, said, row.expires_at, now) else None


def unverified(session: Session, now: datetime, limit: int = 5) -> Sequence[AnyRow]:
    """Return organisations that said what they are and whom no steward's look vouches for now:
    slug, name; the one that waits longest first."""
    holds = exists().where(
        Verification.space_id == Organisation.space_id, Verification.ended_at.is_(None),
        Verification.expires_at > now, Verification.form == Organisation.form,
        Verification.number == Organisation.number,
    )  # fmt: skip
    return session.execute(
        select(Space.slug, Space.name)
        .join(Organisation, Organisation.space_id == Space.id)
        .where(Space.closed_at.is_(None), ~holds)
        .order_by(Organisation.changed_at, Space.id)
        .limit(limit)
    ).all()


def team_of(session: Session, space_id: int, *, asked_too: bool = False) -> Sequence[AnyRow]:
    """Return who is named: id, name, task, agreed_at; ``asked_too`` those who have not answered."""
    query = (
        select(Teammate.id, Person.name, Teammate.task, Teammate.agreed_at)
        .join(Person, Person.id == Teammate.person_id)
        .where(Teammate.space_id == space_id, Person.blocked_at.is_(None))
        .order_by(Teammate.asked_at, Teammate.id)
    )
    if not asked_too:
        query = query.where(Teammate.agreed_at.is_not(None))
    return session.execute(query).all()


def invitations(session: Session, person_id: int) -> Sequence[AnyRow]:
    """Return where a person is named or asked to be: space_id, slug, name, task, agreed_at."""
    return session.execute(
        select(Teammate.space_id, Space.slug, Space.name, Teammate.task, Teammate.agreed_at)
        .join(Space, Space.id == Teammate.space_id)
        .where(Teammate.person_id == person_id)
        .order_by(Teammate.agreed_at.is_not(None), Space.name)
    ).all()


_REPORT = (
    Report.id, Report.space_id, Report.year, Report.kind, Report.text, Report.income,
    Report.expense, Report.reached, Report.version, Report.published_at, Report.changed_at,
    Report.paper_id, Paper.name.label("paper"), Paper.size,
)  # fmt: skip


def reports_of(session: Session, space_id: int, limit: int = 40) -> Sequence[AnyRow]:
    """Return plans and reports, the newest year first."""
    return session.execute(
        select(*_REPORT)
        .outerjoin(Paper, Paper.id == Report.paper_id)
        .where(Report.space_id == space_id)
        .order_by(Report.year.desc(), Report.kind.desc())
        .limit(limit)
    ).all()


def report_page(session: Session, space_id: int, year: int, kind: str) -> AnyRow:
    """Return one plan or report; ``NotFound`` if there is none."""
    row: AnyRow | None = session.execute(
        select(*_REPORT)
        .outerjoin(Paper, Paper.id == Report.paper_id)
        .where(Report.space_id == space_id, Report.year == year, Report.kind == kind)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such thing here any more.")
    return row


def paper_content(session: Session, paper_id: int) -> bytes:
    """Return what a document holds; ``NotFound`` if it is gone."""
    content = session.scalar(select(Paper.content).where(Paper.id == paper_id))
    if content is None:
        raise NotFound("There is no such file.")
    return bytes(content)
