"""Hours that were confirmed, certificates, and what may be passed on to portals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, aliased

from .....core.answers import Series
from .....core.models import Person, Space
from .....core.periods import Periods
from .....core.values import Message
from ..models import Call, Certificate, Hours, HoursChange, PortalConsent, Slot, Volunteer

AnyRow = Row[*tuple[Any, ...]]


def my_hours(session: Session, person_id: int) -> Sequence[AnyRow]:
    """Return what a person gave to each organisation: space_id, slug, name, minutes, and the
    first and last day."""
    return session.execute(
        select(
            Hours.space_id, Space.slug, Space.name, func.sum(Hours.minutes).label("minutes"),
            func.min(Hours.day).label("first"), func.max(Hours.day).label("last"),
        )
        .join(Space, Space.id == Hours.space_id)
        .where(Hours.person_id == person_id, Hours.minutes > 0)
        .group_by(Hours.space_id, Space.slug, Space.name)
        .order_by(Space.name)
    ).all()  # fmt: skip


def days_of(
    session: Session, person_id: int, space_id: int, since: date, until: date
) -> Sequence[AnyRow]:
    """Return each confirmed piece of work of these days: day, title, minutes."""
    return session.execute(
        select(Hours.day, Call.title, Hours.minutes)
        .join(Slot, Slot.id == Hours.slot_id)
        .join(Call, Call.id == Slot.call_id)
        .where(
            Hours.person_id == person_id, Hours.space_id == space_id,
            Hours.day.between(since, until), Hours.minutes > 0,
        )
        .order_by(Hours.day, Hours.id)
        .limit(2_000)
    ).all()  # fmt: skip


def confirmed_minutes(
    session: Session, person_id: int, space_id: int, since: date, until: date
) -> int:
    """Return how many minutes stand confirmed between two days, both counted."""
    total = session.scalar(
        select(func.sum(Hours.minutes)).where(
            Hours.person_id == person_id, Hours.space_id == space_id,
            Hours.day.between(since, until),
        )
    )  # fmt: skip
    return int(total or 0)


def certificates_of(
    session: Session, person_id: int, limit: int = 50
) -> Sequence[tuple[Certificate, int]]:
    """Return the certificates of a person, the newest first, each with what stands confirmed now
    of the days that it names."""
    confirmed = (
        select(func.coalesce(func.sum(Hours.minutes), 0))
        .where(
            Hours.person_id == Certificate.person_id, Hours.space_id == Certificate.space_id,
            Hours.day.between(Certificate.since, Certificate.until),
        )
        .correlate(Certificate)
        .scalar_subquery()
    )  # fmt: skip
    query = select(Certificate, confirmed).where(Certificate.person_id == person_id)
    rows = session.execute(query.order_by(Certificate.id.desc()).limit(limit))
    return [(row[0], int(row[1])) for row in rows]


def certificate_by(session: Session, code: str) -> Certificate | None:
    """Return the certificate of this code, None if there is none."""
    return session.scalars(select(Certificate).where(Certificate.code == code)).one_or_none()


def hours_of(
    session: Session, space_id: int, *, before: int | None = None, limit: int
) -> Sequence[AnyRow]:
    """Return what an organisation confirmed, the newest first."""
    by = aliased(Person)
    query = (
        select(Hours.id, Hours.day, Hours.minutes, Person.name, Call.title,
               by.name.label("confirmed_by"), Hours.confirmed_at, Hours.slot_id)
        .join(Person, Person.id == Hours.person_id)
        .join(by, by.id == Hours.confirmed_by)
        .join(Slot, Slot.id == Hours.slot_id)
        .join(Call, Call.id == Slot.call_id)
        .where(Hours.space_id == space_id)
    )  # fmt: skip
    if before is not None:
        query = query.where(Hours.id < before)
    return session.execute(query.order_by(Hours.id.desc()).limit(limit)).all()


def corrections_of(session: Session, slot_id: int) -> Sequence[AnyRow]:
    """Return the corrections of hours of a shift, the last first."""
    by = aliased(Person)
    return session.execute(
        select(HoursChange.at, HoursChange.before, HoursChange.after, HoursChange.reason,
               Person.name, by.name.label("by"))
        .join(Hours, Hours.id == HoursChange.hours_id)
        .join(Person, Person.id == Hours.person_id)
        .join(by, by.id == HoursChange.actor_id)
        .where(Hours.slot_id == slot_id)
        .order_by(HoursChange.id.desc())
        .limit(50)
    ).all()  # fmt: skip


def unconfirmed(session: Session, space_id: int, now: datetime) -> Sequence[AnyRow]:
    """Return the shifts that are over and whose hours are not all confirmed, the oldest first."""
    done = select(Hours.id).where(
        Hours.slot_id == Volunteer.slot_id, Hours.person_id == Volunteer.person_id
    )
    return session.execute(
        select(Slot.id, Slot.starts_at, Slot.ends_at, Call.title, func.count().label("people"))
        .join(Call, Call.id == Slot.call_id)
        .join(Volunteer, Volunteer.slot_id == Slot.id)
        .where(
            Call.space_id == space_id, Slot.called_off_at.is_(None), Slot.ends_at <= now,
            Volunteer.waits.is_(False), ~done.exists(),
        )
        .group_by(Slot.id, Slot.starts_at, Slot.ends_at, Call.title)
        .order_by(Slot.starts_at, Slot.id)
        .limit(30)
    ).all()  # fmt: skip


def portal_consent(session: Session, person_id: int, space_id: int) -> PortalConsent | None:
    """Return the agreement that stands between a person and an organisation."""
    query = select(PortalConsent).where(
        PortalConsent.person_id == person_id, PortalConsent.space_id == space_id,
        PortalConsent.withdrawn_at.is_(None),
    )  # fmt: skip
    return session.scalars(query.order_by(PortalConsent.id.desc()).limit(1)).one_or_none()


def passing_on(session: Session, person_id: int) -> frozenset[int]:
    """Return the ids of the organisations that may pass a person's hours on."""
    query = select(PortalConsent.space_id).where(
        PortalConsent.person_id == person_id, PortalConsent.withdrawn_at.is_(None)
    )
    return frozenset(session.scalars(query))


def portal_rows(
    session: Session, space_id: int, since: date, until: date, limit: int = 20_000
) -> tuple[Sequence[AnyRow], int]:
    """Return the hours of these days of those who agreed to it, and how many hours' lines are left
    out because somebody did not."""
    by = aliased(Person)
    agreed = (PortalConsent.space_id == Hours.space_id) & (
        PortalConsent.person_id == Hours.person_id
    ) & PortalConsent.withdrawn_at.is_(None)  # fmt: skip
    within = (
        Hours.space_id == space_id, Hours.day.between(since, until), Hours.minutes > 0,
        Person.blocked_at.is_(None),
    )  # fmt: skip
    rows = session.execute(
        select(
            Person.name, Person.phone, PortalConsent.portal_name, Hours.day, Slot.starts_at,
            Slot.ends_at, Hours.minutes, Call.title, Call.place, by.name.label("confirmed_by"),
            Hours.confirmed_at,
        )
        .select_from(Hours)
        .join(Person, Person.id == Hours.person_id)
        .join(PortalConsent, agreed)
        .join(by, by.id == Hours.confirmed_by)
        .join(Slot, Slot.id == Hours.slot_id)
        .join(Call, Call.id == Slot.call_id)
        .where(*within)
        .order_by(Hours.day, Hours.id)
        .limit(limit)
    ).all()  # fmt: skip
    counted = select(func.count()).select_from(Hours).join(Person, Person.id == Hours.person_id)
    whole = session.scalar(counted.where(*within)) or 0
    return rows, max(0, whole - len(rows))


def given(session: Session, periods: Periods) -> Series:
    """Return how many whole hours were confirmed in each of these periods."""
    number = periods.number(Hours.confirmed_at).label("number")
    rows = session.execute(
        select(number, func.sum(Hours.minutes) / 60)
        .where(periods.within(Hours.confirmed_at))
        .group_by(number)
    )
    title = Message("Hours that volunteers gave", {})
    text = Message("confirmed by organisations, in whole hours", {})
    return Series("volunteer-hours", title, periods.filled(rows), text, order=72)
