"""What may be read of parts of town and of who is confirmed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ....core.answers import PersonalData, Series
from ....core.models import Grant, Person
from ....core.periods import Periods
from ....core.values import STEWARD, Message
from .models import Neighbour, PaperCode, Quarter, Vouching
from .rules import ACTIVIST, WINDOW, holds

AnyRow = Row[*tuple[Any, ...]]
KNOWN_BY_ROLE = (STEWARD, "activist")
"""Those with these roles were chosen by people: they may begin to confirm others."""


def quarters(session: Session) -> Sequence[AnyRow]:
    """Return the parts of town that can be chosen, in their order: id, name."""
    query = select(Quarter.id, Quarter.name).where(Quarter.place.is_not(None))
    return session.execute(query.order_by(Quarter.place, Quarter.id)).all()


def neighbour(session: Session, person_id: int) -> AnyRow | None:
    """Return what a person chose and how it stands, with the name of the part of town."""
    return session.execute(
        select(
            Neighbour.quarter_id, Quarter.name.label("quarter"), Neighbour.chosen_at,
            Neighbour.confirmed_at, Neighbour.expires_at, Neighbour.way, Neighbour.asking_until,
        )
        .join(Quarter, Quarter.id == Neighbour.quarter_id)
        .where(Neighbour.person_id == person_id)
    ).one_or_none()  # fmt: skip


def runs_something(session: Session, person_id: int) -> bool:
    """Say whether somebody is steward, or activist of a hub."""
    found = select(Grant.id).where(Grant.person_id == person_id, Grant.role.in_(KNOWN_BY_ROLE))
    return session.execute(found.limit(1)).first() is not None


def vouched(session: Session, person_id: int, now: datetime) -> bool | None:
    """Say whether somebody of the neighbourhood stands for a person.

    None while no part of town can be chosen: then nobody is asked to be confirmed.
    """
    expires = session.execute(
        select(Neighbour.expires_at).where(Neighbour.person_id == person_id)
    ).scalar()
    if holds(expires, now) or runs_something(session, person_id):
        return True
    offered = select(Quarter.id).where(Quarter.place.is_not(None)).limit(1)
    return None if session.execute(offered).first() is None else False


def confirmed(session: Session, person_ids: Collection[int], now: datetime) -> frozenset[int]:
    """Return which of these people are confirmed now."""
    query = select(Neighbour.person_id).where(
        Neighbour.person_id.in_(person_ids), Neighbour.expires_at > now
    )
    return frozenset(session.scalars(query))


def asking(session: Session, seal: str, now: datetime) -> AnyRow | None:
    """Return who shows the code with this seal: person_id, name, quarter, expires_at."""
    return session.execute(
        select(
            Neighbour.person_id, Person.name, Quarter.name.label("quarter"), Neighbour.expires_at
        )
        .join(Person, Person.id == Neighbour.person_id)
        .join(Quarter, Quarter.id == Neighbour.quarter_id)
        .where(Neighbour.asking == seal, Neighbour.asking_until > now, Person.blocked_at.is_(None))
    ).one_or_none()


def confirmed_lately(session: Session, by_id: int, now: datetime) -> int:
    """Return how many people somebody confirmed within the last ``WINDOW``."""
    query = select(func.count()).select_from(Vouching)
    query = query.where(Vouching.by_id == by_id, Vouching.at > now - WINDOW)
    return int(session.scalar(query) or 0)


def may_confirm(session: Session, person_id: int, now: datetime) -> str | None:
    """Return as what somebody may confirm others, "neighbour" or "activist"; None if not."""
    if runs_something(session, person_id):
        return ACTIVIST
    expires = select(Neighbour.expires_at).where(Neighbour.person_id == person_id)
    return "neighbour" if holds(session.execute(expires).scalar(), now) else None


def papers(session: Session, now: datetime) -> AnyRow:
    """Return how many codes on paper still work, and how many were used in the last 90 days."""
    works = (PaperCode.used_at.is_(None)) & (PaperCode.expires_at > now)
    return session.execute(
        select(
            func.count().filter(works).label("open"),
            func.count(PaperCode.used_at).label("used"),
        ).select_from(PaperCode)
    ).one()


def counts(session: Session, now: datetime) -> Sequence[AnyRow]:
    """Return for each part of town how many chose it and how many are confirmed: id, name."""
    return session.execute(
        select(
            Quarter.id, Quarter.name, func.count(Neighbour.person_id).label("chose"),
            func.count(Neighbour.person_id).filter(Neighbour.expires_at > now).label("confirmed"),
        )
        .outerjoin(Neighbour, Neighbour.quarter_id == Quarter.id)
        .where(Quarter.place.is_not(None))
        .group_by(Quarter.id)
        .order_by(Quarter.place, Quarter.id)
    ).all()  # fmt: skip


def over_time(session: Session, periods: Periods) -> Series:
    """Return how many neighbours were confirmed in each of these periods."""
    number = periods.number(Vouching.at).label("number")
    rows = session.execute(
        select(number, func.count()).where(periods.within(Vouching.at)).group_by(number)
    )
    title = Message("Neighbours confirmed", {})
    return Series("neighbours", title, periods.filled(rows), order=60)


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what a person said of where they live, and how often they confirmed others."""
    own = (
        select(Quarter.name.label("quarter"), Neighbour.chosen_at, Neighbour.confirmed_at,
               Neighbour.expires_at, Neighbour.way)
        .join(Quarter, Quarter.id == Neighbour.quarter_id)
        .where(Neighbour.person_id == person_id)
    )  # fmt: skip
    given = select(Vouching.at, Vouching.way).where(Vouching.by_id == person_id)
    given = given.order_by(Vouching.id)
    return PersonalData.read(session, {"neighbour": own, "neighbours_confirmed": given})
