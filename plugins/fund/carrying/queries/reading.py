"""Projects as people read them: their list, their steps, what waits, and what is late."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from .....core.errors import NotFound
from .....core.models import Picture, Space
from .....core.values import Viewer
from ...earmarks.models import Earmark
from ..models import CarryingReport, Milestone, Override, Undertaking
from ..rules import path_of
from .people import leads

SIZE = 20
Part = TypeVar("Part", Milestone, CarryingReport)


def undertaking(session: Session, earmark_id: int) -> Undertaking:
    """Return an undertaking; ``NotFound`` if there is none."""
    found = session.get(Undertaking, earmark_id)
    if found is None:
        raise NotFound("There is no such project.")
    return found


def overdue(session: Session, today: date, limit: int) -> Sequence[Row[Any]]:
    """Return the reports that were not given in time, the latest due first: id, earmark_id,
    due_on, title."""
    columns: list[Any] = [
        CarryingReport.id, CarryingReport.earmark_id, CarryingReport.due_on, Undertaking.title,
    ]  # fmt: skip
    query = (
        select(*columns)
        .join(Undertaking, Undertaking.earmark_id == CarryingReport.earmark_id)
        .where(CarryingReport.given_at.is_(None), CarryingReport.due_on < today)
        .where(Undertaking.ended_at.is_(None))
        .order_by(CarryingReport.due_on, CarryingReport.id)
        .limit(limit)
    )  # fmt: skip
    return session.execute(query).all()


def milestones(session: Session, earmark_id: int) -> Sequence[Milestone]:
    """Return the milestones of an undertaking in their order."""
    query = select(Milestone).where(Milestone.earmark_id == earmark_id)
    return session.scalars(query.order_by(Milestone.position)).all()


def reports(session: Session, earmark_id: int) -> Sequence[CarryingReport]:
    """Return the reports of an undertaking by the day they are due."""
    query = select(CarryingReport).where(CarryingReport.earmark_id == earmark_id)
    return session.scalars(query.order_by(CarryingReport.due_on)).all()


def overrides(session: Session, earmark_id: int) -> Sequence[Override]:
    """Return what was left aside for an undertaking, the newest first."""
    query = select(Override).where(Override.earmark_id == earmark_id)
    return session.scalars(query.order_by(Override.id.desc()).limit(50)).all()


def earmark_of(session: Session, earmark_id: int) -> Earmark:
    """Return an earmark; ``NotFound`` if there is none."""
    found = session.get(Earmark, earmark_id)
    if found is None:
        raise NotFound("There is no such project.")
    return found


def decided(session: Session, earmark_id: int) -> str:
    """Return what a project was decided by ("proposal:3")."""
    return earmark_of(session, earmark_id).subject


def projects_among(session: Session, earmark_ids: Collection[int]) -> frozenset[int]:
    """Return those of these earmarks that are projects with milestones."""
    query = select(Undertaking.earmark_id).where(Undertaking.earmark_id.in_(earmark_ids))
    return frozenset(session.scalars(query))


def is_project(session: Session, earmark_id: int) -> bool:
    """Say whether an earmark is a project with milestones."""
    return session.get(Undertaking, earmark_id) is not None


def organisation(session: Session, found: Undertaking) -> Space | None:
    """Return the organisation that leads a project, if one does."""
    return None if found.space_id is None else session.get(Space, found.space_id)


def pictures_of(session: Session, steps: Sequence[Milestone]) -> dict[int, Picture]:
    """Return the pictures that milestones show, by their ids."""
    ids = [each.evidence_picture_id for each in steps if each.evidence_picture_id is not None]
    return {each.id: each for each in session.scalars(select(Picture).where(Picture.id.in_(ids)))}


def of_project(session: Session, kind: type[Part], earmark_id: int, number: int) -> Part:
    """Return a milestone or report of this project; ``NotFound`` if it is none of its."""
    found: Part | None = session.get(kind, number)
    if found is None or found.earmark_id != earmark_id:
        raise NotFound("There is no such project.")
    return found


def listed(
    session: Session, today: date, *, over: bool, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[Row[Any]]:
    """Return projects that go on, or that are ``over``, the newest first: earmark_id, title,
    ends_on, ended_at, steps, accepted and late (how many of each)."""
    of = Milestone.earmark_id == Undertaking.earmark_id
    steps = select(func.count()).where(of).scalar_subquery()
    accepted = select(func.count()).where(of, Milestone.accepted_at.is_not(None)).scalar_subquery()
    late = (
        select(func.count())
        .where(CarryingReport.earmark_id == Undertaking.earmark_id)
        .where(CarryingReport.given_at.is_(None), CarryingReport.due_on < today)
        .scalar_subquery()
    )
    ended = Undertaking.ended_at.is_not(None) if over else Undertaking.ended_at.is_(None)
    query = (
        select(
            Undertaking.earmark_id, Undertaking.title, Undertaking.ends_on, Undertaking.ended_at,
            steps.label("steps"), accepted.label("accepted"), late.label("late"),
        )
        .where(ended)
        .order_by(Undertaking.earmark_id.desc())
        .limit(limit)
    )  # fmt: skip
    if before is not None:
        query = query.where(Undertaking.earmark_id < before)
    return session.execute(query).all()


def waiting(
    session: Session, *, after: int | None = None, limit: int = SIZE + 1
) -> Sequence[Row[Any]]:
    """Return the milestones that are shown and not yet accepted, by rising id, each with the title
    of its project: Milestone, title."""
    columns: list[Any] = [Milestone, Undertaking.title]
    query = (
        select(*columns)
        .join(Undertaking, Undertaking.earmark_id == Milestone.earmark_id)
        .where(Milestone.shown_at.is_not(None), Milestone.accepted_at.is_(None))
        .where(Undertaking.ended_at.is_(None))
        .order_by(Milestone.id)
        .limit(limit)
    )
    return session.execute(query if after is None else query.where(Milestone.id > after)).all()


def to_do(session: Session, viewer: Viewer, limit: int) -> Sequence[Row[Any]]:
    """Return the projects that a person leads: earmark_id, title, and the day of the next report
    that is due (None if none is)."""
    due = (
        select(func.min(CarryingReport.due_on))
        .where(CarryingReport.earmark_id == Undertaking.earmark_id)
        .where(CarryingReport.given_at.is_(None))
        .scalar_subquery()
    )
    columns: list[Any] = [Undertaking.earmark_id, Undertaking.title, due.label("due_on")]
    query = (
        select(*columns)
        .where(Undertaking.ended_at.is_(None), leads(viewer.id))
        .order_by(Undertaking.earmark_id.desc())
        .limit(limit)
    )
    return session.execute(query).all()


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what a person led and reported, for them to take along."""
    led = select(
        Undertaking.title, Undertaking.begun_at, Undertaking.ends_on, Undertaking.ended_at
    ).where(Undertaking.leader_id == person_id)
    told = (
        select(Undertaking.title, CarryingReport.due_on, CarryingReport.text,
               CarryingReport.given_at)
        .join(Undertaking, Undertaking.earmark_id == CarryingReport.earmark_id)
        .where(CarryingReport.given_by == person_id)
        .order_by(CarryingReport.id)
    )  # fmt: skip
    shown = (
        select(Undertaking.title, Milestone.title.label("milestone"), Milestone.evidence,
               Milestone.link, Milestone.shown_at)
        .join(Undertaking, Undertaking.earmark_id == Milestone.earmark_id)
        .where(Milestone.shown_by == person_id)
        .order_by(Milestone.id)
    )  # fmt: skip
    return PersonalData.read(
        session, {"projects": led, "project_reports": told, "project_milestones": shown}
    )


def subject_urls(subjects: frozenset[str]) -> list[tuple[str, str]]:
    """Return the pages of those of these subjects that are projects."""
    numbers = {each: each.removeprefix("project:") for each in subjects}
    return [
        (each, path_of(int(number)))
        for each, number in numbers.items()
        if each.startswith("project:") and number.isascii() and number.isdigit()
    ]
