"""Drives as pages show them: their won, their rewards, who may run them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Grant, Person, Picture, Space
from .....core.values import Viewer, Won
from ..models import (
    Drive,
    DriveNews,
    DriveStep,
    Match,
    MatchDrive,
    Pledge,
    Reward,
    Solicitation,
)
from ..rules import FINISHED, OPEN, PROPOSED, Part, Standing
from .matches import LIVE, added_by

AnyRow = Row[*tuple[Any, ...]]
SIZE = 20
OWNER = "owner"


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *Drive.__table__.c, Space.name.label("space_name"), Space.slug.label("space_slug"),
            Space.closed_at.label("space_closed_at"), Person.name.label("proposer"),
            Picture.digest, Picture.width, Picture.height, Picture.caption,
        )
        .outerjoin(Space, Space.id == Drive.space_id)
        .outerjoin(Person, Person.id == Drive.proposer_id)
        .outerjoin(Picture, Picture.id == Drive.picture_id)
    )  # fmt: skip


def drive_row(session: Session, drive_id: int) -> AnyRow:
    """Return a drive with its organisation, who proposed it, and its picture."""
    found = session.execute(_rows().where(Drive.id == drive_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such drive here.")
    return found


def is_public(row: AnyRow) -> bool:
    """Say whether everyone may see a drive."""
    return row.opened_at is not None and row.hidden_at is None and row.space_closed_at is None


def _seen() -> tuple[ColumnElement[bool], ...]:
    return (Drive.opened_at.is_not(None), Drive.hidden_at.is_(None), Space.closed_at.is_(None))


def drives(
    session: Session, *, over: bool, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[AnyRow]:
    """Return the drives that everyone may see: those that are open, or those that are over, the
    newest first."""
    states = FINISHED if over else (OPEN,)
    query = _rows().where(Drive.state.in_(states), *_seen()).order_by(Drive.id.desc()).limit(limit)
    return session.execute(query if before is None else query.where(Drive.id < before)).all()


def waiting(session: Session, state: str = PROPOSED, *, limit: int = 50) -> Sequence[AnyRow]:
    """Return drives in a state for the treasurer's desk, the oldest first."""
    return session.execute(
        _rows().where(Drive.state == state).order_by(Drive.id).limit(limit)
    ).all()


def of_runner(session: Session, person_id: int, *, limit: int = 20) -> Sequence[AnyRow]:
    """Return the drives that somebody proposed or whose organisation they own, newest first."""
    owned = select(Grant.space_id).where(Grant.person_id == person_id, Grant.role == OWNER)
    return session.execute(
        _rows()
        .where((Drive.proposer_id == person_id) | Drive.space_id.in_(owned))
        .order_by(Drive.id.desc())
        .limit(limit)
    ).all()


def runs(row: Any, viewer: Viewer | None) -> bool:
    """Say whether somebody runs a drive: its organisation's owner, or else who proposed it."""
    if viewer is None:
        return False
    if row.space_id is None:
        return bool(row.proposer_id == viewer.id)
    return (row.space_id, OWNER) in viewer.roles


def owned_spaces(session: Session, person_id: int) -> Sequence[Space]:
    """Return the organisations for which somebody may propose a drive."""
    return session.scalars(
        select(Space)
        .join(Grant, Grant.space_id == Space.id)
        .where(
            Grant.person_id == person_id, Grant.role == OWNER, Space.kind == "organisation",
            Space.closed_at.is_(None),
        )
        .order_by(Space.name)
        .limit(50)
    ).all()  # fmt: skip


def standings(session: Session, rows: Sequence[Any]) -> dict[int, Standing]:
    """Return the won of these drives, by id, in as many queries for one as for all."""
    ids = [row.id for row in rows]
    if not ids:
        return {}

    def total(*where: ColumnElement[bool]) -> ColumnElement[int]:
        counts = where[0] if where else Pledge.amount > 0
        return func.coalesce(func.sum(case((counts, Pledge.amount), else_=0)), 0)

    sums = {
        row[0]: row[1:]
        for row in session.execute(
            select(
                Pledge.drive_id, total(), total(Pledge.arrived_at.is_not(None)),
                total(Pledge.reward_id.is_not(None)),
                func.count(func.distinct(func.coalesce(Pledge.person_id, -Pledge.id))),
            )
            .where(Pledge.drive_id.in_(ids), *LIVE)
            .group_by(Pledge.drive_id)
        )
    }  # fmt: skip
    added = _added_to(session, ids)
    found = {}
    for row in rows:
        pledged, arrived, sold, people = (int(each) for each in sums.get(row.id, (0, 0, 0, 0)))
        found[row.id] = Standing(
            Won(row.minimum), Won(row.optimum), Won(pledged), Won(arrived), Won(sold),
            Won(added.get(row.id, 0)), people,
        )  # fmt: skip
    return found


def _added_to(session: Session, drive_ids: Sequence[int]) -> dict[int, int]:
    matches = session.scalars(
        select(Match)
        .join(MatchDrive, MatchDrive.match_id == Match.id)
        .where(MatchDrive.drive_id.in_(drive_ids))
        .distinct()
    ).all()
    if not matches:
        return {}
    found: dict[int, int] = {}
    for added in added_by(session, matches).values():
        found |= added.by_drive
    return found


def standing(session: Session, row: Any) -> Standing:
    """Return the won of one drive."""
    return standings(session, [row])[row.id]


def steps(session: Session, drive_id: int) -> tuple[list[Part], list[int]]:
    """Return what the minimum pays for, and after how many days it is told how things go."""
    rows = session.scalars(
        select(DriveStep).where(DriveStep.drive_id == drive_id).order_by(DriveStep.position)
    ).all()
    parts = [Part(each.title, each.amount, each.days) for each in rows if each.amount]
    return parts, [each.days for each in rows if not each.amount]


def rewards(session: Session, drive_id: int) -> Sequence[Reward]:
    """Return what can be bought with a pledge, the cheapest first."""
    return session.scalars(
        select(Reward).where(Reward.drive_id == drive_id).order_by(Reward.price, Reward.id)
    ).all()


def taken(session: Session, drive_id: int) -> dict[int, int]:
    """Return how many of each reward are taken, by its id."""
    rows = session.execute(
        select(Pledge.reward_id, func.sum(Pledge.quantity))
        .where(Pledge.drive_id == drive_id, Pledge.reward_id.is_not(None), *LIVE)
        .group_by(Pledge.reward_id)
    )
    return {int(row[0] or 0): int(row[1]) for row in rows}


def news(
    session: Session, drive_id: int, *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[DriveNews]:
    """Return what was told of a drive, the newest first."""
    query = select(DriveNews).where(DriveNews.drive_id == drive_id).order_by(DriveNews.id.desc())
    if before is not None:
        query = query.where(DriveNews.id < before)
    return session.scalars(query.limit(limit)).all()


def solicitation(session: Session, drive_id: int) -> Solicitation | None:
    """Return the legal notice of a drive, if it is written."""
    return session.get(Solicitation, drive_id)


def solicited(session: Session, space_id: int | None, since: date) -> int:
    """Return what is pledged as gifts to an organiser's drives without registration that collected
    on that day or later; None is the fund itself. What is bought is no donation."""
    asks = Drive.space_id.is_(None) if space_id is None else Drive.space_id == space_id
    return int(
        session.scalar(
            select(func.coalesce(func.sum(Pledge.amount), 0))
            .join(Drive, Drive.id == Pledge.drive_id)
            .join(Solicitation, Solicitation.drive_id == Drive.id)
            .where(
                asks, Solicitation.registration == "", Solicitation.collect_until >= since,
                Pledge.reward_id.is_(None), *LIVE,
            )
        )
        or 0
    )  # fmt: skip
