"""Pledges as their owners and the treasurer see them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData, Series
from .....core.errors import NotFound
from .....core.models import Person
from .....core.periods import Periods
from .....core.values import Message
from ..models import Drive, Pledge, PledgeChange, Reward
from .drives import SIZE, AnyRow


def pledge(session: Session, pledge_id: int, *, lock: bool = False) -> Pledge:
    """Return a pledge; NotFound if there is none."""
    found = session.get(Pledge, pledge_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFound("There is no such pledge.")
    return found


def mine(
    session: Session, person_id: int, *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[AnyRow]:
    """Return a person's own pledges, the newest first."""
    query = (
        select(*Pledge.__table__.c, Drive.title, Reward.title.label("reward"))
        .join(Drive, Drive.id == Pledge.drive_id)
        .outerjoin(Reward, Reward.id == Pledge.reward_id)
        .where(Pledge.person_id == person_id)
        .order_by(Pledge.id.desc())
        .limit(limit)
    )
    return session.execute(query if before is None else query.where(Pledge.id < before)).all()


def pledge_rows(
    session: Session, drive_id: int, *, before: int | None = None, limit: int = 51
) -> Sequence[AnyRow]:
    """Return the pledges of a drive with who made them, for those who keep its books."""
    query = (
        select(*Pledge.__table__.c, Person.name, Reward.title.label("reward"))
        .outerjoin(Person, Person.id == Pledge.person_id)
        .outerjoin(Reward, Reward.id == Pledge.reward_id)
        .where(Pledge.drive_id == drive_id)
        .order_by(Pledge.id.desc())
        .limit(limit)
    )
    return session.execute(query if before is None else query.where(Pledge.id < before)).all()


def owed(session: Session, *, after: int = 0, limit: int = 51) -> Sequence[AnyRow]:
    """Return what has to be sent back and was not yet, the oldest first."""
    return session.execute(
        select(*Pledge.__table__.c, Person.name, Drive.title)
        .join(Drive, Drive.id == Pledge.drive_id)
        .outerjoin(Person, Person.id == Pledge.person_id)
        .where(Pledge.owed_at.is_not(None), Pledge.paid_back_at.is_(None), Pledge.id > after)
        .order_by(Pledge.id)
        .limit(limit)
    ).all()


def history(session: Session, pledge_id: int) -> Sequence[PledgeChange]:
    """Return all that has happened to a pledge, in order."""
    return session.scalars(
        select(PledgeChange)
        .where(PledgeChange.pledge_id == pledge_id)
        .order_by(PledgeChange.id)
        .limit(200)
    ).all()


def pledged_in(session: Session, periods: Periods) -> Series:
    """Return what arrived of pledges in each of these periods."""
    number = periods.number(Pledge.arrived_at).label("number")
    rows = session.execute(
        select(number, func.sum(Pledge.amount))
        .where(periods.within(Pledge.arrived_at))
        .group_by(number)
    )
    title = Message("Pledges that arrived", {})
    return Series("pledges", title, periods.filled(rows), kind="won", order=62)


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what a person pledged and proposed, for them to take along."""
    pledges = (
        select(Drive.title.label("drive"), Reward.title.label("reward"), Pledge.quantity,
               Pledge.amount, Pledge.code, Pledge.made_at, Pledge.taken_back_at,
               Pledge.arrived_at, Pledge.lapsed_at, Pledge.moved_at, Pledge.owed_at,
               Pledge.paid_back_at, Pledge.receipt)
        .join(Drive, Drive.id == Pledge.drive_id)
        .outerjoin(Reward, Reward.id == Pledge.reward_id)
        .where(Pledge.person_id == person_id)
        .order_by(Pledge.id)
    )  # fmt: skip
    proposed = (
        select(Drive.title, Drive.summary, Drive.state, Drive.created_at)
        .where(Drive.proposer_id == person_id)
        .order_by(Drive.id)
    )
    return PersonalData.read(session, {"pledges": pledges, "drives": proposed})
