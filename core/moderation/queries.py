"""What may be read of reports and measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Grant, Person
from ..values import STEWARD
from .models import Appeal, Measure, Report

Rows = Sequence[Any]


def open_things(session: Session, *, limit: int) -> Rows:
    """Return the things with open reports, the one that is due first at the head: ``subject``,
    ``title``, ``reports``, ``due_at``, and ``first``, the id of the first report."""
    due, first = func.min(Report.due_at).label("due_at"), func.min(Report.id).label("first")
    query = (
        select(
            Report.subject, func.max(Report.title).label("title"), due, first,
            func.count().label("reports"),
            func.count().filter(Report.kind == "deletion").label("deletions"),
        )
        .where(Report.measure_id.is_(None))
        .group_by(Report.subject)
        .order_by(due, first)
        .limit(limit)
    )  # fmt: skip
    return session.execute(query).all()


def count_open(session: Session) -> int:
    """Return how many things and appeals wait for a decision."""
    things = select(func.count(func.distinct(Report.subject))).where(Report.measure_id.is_(None))
    appeals = select(func.count()).select_from(Appeal).where(Appeal.decided_at.is_(None))
    return int(session.scalar(select(things.scalar_subquery() + appeals.scalar_subquery())) or 0)


def open_reports(session: Session, subject: str, *, limit: int = 50) -> Rows:
    """Return the open reports about a thing, the oldest first, with who made them."""
    return session.execute(
        select(Report, Person.name.label("member"), Person.email.label("member_email"))
        .outerjoin(Person, Person.id == Report.person_id)
        .where(Report.subject == subject, Report.measure_id.is_(None))
        .order_by(Report.id)
        .limit(limit)
    ).all()


def open_appeals(session: Session, *, limit: int) -> Rows:
    """Return the appeals that wait, with their measures, the one that is due first at the head."""
    return session.execute(
        select(Appeal, Measure)
        .join(Measure, Measure.id == Appeal.measure_id)
        .where(Appeal.decided_at.is_(None))
        .order_by(Appeal.due_at, Appeal.id)
        .limit(limit)
    ).all()


def measures(session: Session, *, before: int | None, limit: int) -> Rows:
    """Return what was decided, the newest first, with the outcome of an appeal: no names, and not
    what either side wrote."""
    query = select(
        Measure.id, Measure.subject, Measure.kind, Measure.reason, Measure.at, Measure.standing,
        Measure.ends_at, Measure.ended_at, Measure.ended_by, Appeal.created_at.label("appealed_at"),
        Appeal.outcome,
    ).outerjoin(Appeal, Appeal.measure_id == Measure.id)  # fmt: skip
    if before is not None:
        query = query.where(Measure.id < before)
    return session.execute(query.order_by(Measure.id.desc()).limit(limit)).all()


def measures_of(session: Session, subject: str, *, limit: int = 20) -> Rows:
    """Return what was decided about one thing, the newest first, and by whom; for stewards."""
    return session.execute(
        select(Measure, Person.name.label("steward"), Appeal.outcome, Appeal.id.label("appeal_id"))
        .join(Person, Person.id == Measure.person_id)
        .outerjoin(Appeal, Appeal.measure_id == Measure.id)
        .where(Measure.subject == subject)
        .order_by(Measure.id.desc())
        .limit(limit)
    ).all()


def standing(session: Session, subject: str) -> Measure | None:
    """Return the measure that keeps a thing from being seen now."""
    return session.scalars(
        select(Measure).where(Measure.subject == subject, Measure.standing)
    ).one_or_none()


def measure_of(session: Session, measure_id: int) -> Measure | None:
    """Return one measure."""
    return session.get(Measure, measure_id)


def appeal_of(session: Session, measure_id: int) -> Appeal | None:
    """Return the appeal against a measure."""
    return session.scalars(select(Appeal).where(Appeal.measure_id == measure_id)).one_or_none()


def reporters_of(session: Session, subject: str) -> set[int]:
    """Return the members whose reports about a thing are open."""
    rows = session.scalars(
        select(Report.person_id).where(
            Report.subject == subject, Report.measure_id.is_(None), Report.person_id.is_not(None)
        )
    )
    return {int(each) for each in rows if each is not None}


def stewards(session: Session) -> set[int]:
    """Return the people who run the node and are not shut out."""
    return set(
        session.scalars(
            select(Grant.person_id)
            .join(Person, Person.id == Grant.person_id)
            .where(Grant.role == STEWARD, Grant.space_id.is_(None), Person.blocked_at.is_(None))
        )
    )
