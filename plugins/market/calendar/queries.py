"""Whose calendar an address is, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ....core.answers import PersonalData
from ....core.models import Person
from ..orders.models import Order
from .models import Calendar

MOST = 60
"""Orders in a calendar, the newest."""


def number_of(session: Session, person_id: int) -> int | None:
    """Return the number of the address that a person uses, None if they use none."""
    mine = select(Calendar.number).where(
        Calendar.person_id == person_id, Calendar.ended_at.is_(None)
    )
    return session.scalar(mine)


def owner(session: Session, person_id: int) -> Row[*tuple[Any, ...]] | None:
    """Return language and number of the address in use of a person who may come in here."""
    return session.execute(
        select(Person.language, Calendar.number)
        .join(Calendar, Calendar.person_id == Person.id)
        .where(Person.id == person_id, Calendar.ended_at.is_(None), Person.blocked_at.is_(None))
    ).one_or_none()


def collections(session: Session, person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return when and where a person collects, or collected, what they ordered."""
    return session.execute(
        select(
            Order.uid, Order.number, Order.title, Order.place, Order.address, Order.collect_from,
            Order.collect_until, Order.version, Order.changed_at,
        )
        .where(
            Order.person_id == person_id, Order.state != "withdrawn",
            Order.collect_from.is_not(None),
        )
        .order_by(Order.id.desc())
        .limit(MOST)
    ).all()  # fmt: skip


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return since when a person has an address for a calendar."""
    kept = select(Calendar.since, Calendar.ended_at).where(Calendar.person_id == person_id)
    return PersonalData.read(session, {"calendar": kept})
