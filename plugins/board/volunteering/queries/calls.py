"""Calls and shifts: lists, pages, one's own, and who comes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from .....core.errors import NotFound
from .....core.models import Person, Space
from ..models import Call, Hours, Slot, Volunteer

AnyRow = Row[*tuple[Any, ...]]


def visible() -> ColumnElement[bool]:
    """Return the condition under which everyone may see a call joined with its space."""
    return (
        Call.published_at.is_not(None)
        & Call.withdrawn_at.is_(None)
        & Call.hidden_at.is_(None)
        & Space.closed_at.is_(None)
    )


def calls() -> Select[*tuple[Any, ...]]:
    """Select calls in whatever state with their organisation."""
    return select(
        *Call.__table__.c,
        Space.slug.label("slug"), Space.name.label("organisation"), Space.closed_at,
    ).join(Space, Space.id == Call.space_id)  # fmt: skip


def _ahead(now: datetime) -> ColumnElement[bool]:
    return exists().where(
        Slot.call_id == Call.id, Slot.called_off_at.is_(None), Slot.starts_at > now
    )


def listed(
    session: Session, now: datetime, *, space_id: int | None = None, before: int | None = None,
    limit: int,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return calls that everyone may see and that have a shift ahead, the newest first."""
    query = calls().where(visible(), _ahead(now))
    if space_id is not None:
        query = query.where(Call.space_id == space_id)
    if before is not None:
        query = query.where(Call.id < before)
    return session.execute(query.order_by(Call.id.desc()).limit(limit)).all()


def own_calls(
    session: Session, space_id: int, *, before: int | None = None, limit: int
) -> Sequence[AnyRow]:
    """Return all calls of an organisation for those who run it, the newest first."""
    query = calls().where(Call.space_id == space_id)
    if before is not None:
        query = query.where(Call.id < before)
    return session.execute(query.order_by(Call.id.desc()).limit(limit)).all()


def call_page(session: Session, call_id: int) -> AnyRow:
    """Return one call in whatever state; ``NotFound`` if there is none."""
    row: AnyRow | None = session.execute(calls().where(Call.id == call_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such call.")
    return row


def _number(condition: Any) -> Any:
    counted = select(func.count()).where(Volunteer.slot_id == Slot.id, condition)
    return counted.correlate(Slot).scalar_subquery()


def _slots(person_id: int) -> Select[*tuple[Any, ...]]:
    """Select shifts with ``taken``, ``waiting``, and ``mine``: whether the person has a place
    there or waits (None: neither)."""
    mine = aliased(Volunteer)
    return (
        select(
            *Slot.__table__.c,
            Call.title, Call.place, Call.space_id, Call.published_at, Call.withdrawn_at,
            Call.hidden_at, Space.slug.label("slug"), Space.name.label("organisation"),
            Space.closed_at,
            _number(Volunteer.waits.is_(False)).label("taken"),
            _number(Volunteer.waits.is_(True)).label("waiting"),
            mine.at.label("mine"), mine.waits.label("mine_waits"),
        )
        .join(Call, Call.id == Slot.call_id)
        .join(Space, Space.id == Call.space_id)
        .outerjoin(mine, and_(mine.slot_id == Slot.id, mine.person_id == person_id))
        .order_by(Slot.starts_at, Slot.id)
    )  # fmt: skip


def slots_of(
    session: Session, call_ids: Collection[int], person_id: int | None, *,
    since: datetime | None = None,
) -> Mapping[int, Sequence[AnyRow]]:  # fmt: skip
    """Return the shifts of these calls by call, those that end after ``since`` if it is given."""
    query = _slots(person_id or 0).where(Slot.call_id.in_(call_ids))
    if since is not None:
        query = query.where(Slot.ends_at > since)
    found: dict[int, list[AnyRow]] = {}
    for row in session.execute(query.limit(1_000)):
        found.setdefault(row.call_id, []).append(row)
    return found


def slot_page(session: Session, slot_id: int, person_id: int | None = None) -> AnyRow:
    """Return one shift; ``NotFound`` if there is none."""
    row: AnyRow | None = session.execute(
        _slots(person_id or 0).where(Slot.id == slot_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such shift.")
    return row


def my_slots(
    session: Session, person_id: int, now: datetime, *, limit: int = 20
) -> Sequence[AnyRow]:
    """Return the shifts ahead in which a person has a place or waits for one."""
    mine = select(Volunteer.slot_id).where(Volunteer.person_id == person_id)
    query = _slots(person_id).where(Slot.ends_at > now, Slot.id.in_(mine))
    return session.execute(query.limit(limit)).all()


def has_place(session: Session, call_id: int, person_id: int) -> bool:
    """Say whether a person has a place in a shift of this call, or waits for one."""
    query = select(Volunteer.id).join(Slot, Slot.id == Volunteer.slot_id)
    query = query.where(Slot.call_id == call_id, Volunteer.person_id == person_id)
    return session.scalar(query.limit(1)) is not None


def coming(session: Session, slot_id: int) -> Sequence[AnyRow]:
    """Return who has a place, the first first: person_id."""
    return session.execute(
        select(Volunteer.person_id)
        .where(Volunteer.slot_id == slot_id, Volunteer.waits.is_(False))
        .order_by(Volunteer.at, Volunteer.id)
    ).all()


def people_of(session: Session, slot_id: int) -> Sequence[AnyRow]:
    """Return who has a place in a shift or waits for one, and the hours that are confirmed.

    For those who run the organisation: name, phone, waits, hours_id, minutes, confirmed_by.
    """
    by = aliased(Person)
    return session.execute(
        select(
            Person.id, Person.name, Person.phone, Volunteer.waits, Hours.id.label("hours_id"),
            Hours.minutes, by.name.label("confirmed_by"),
        )
        .select_from(Volunteer)
        .join(Person, Person.id == Volunteer.person_id)
        .outerjoin(
            Hours,
            and_(Hours.slot_id == Volunteer.slot_id, Hours.person_id == Volunteer.person_id),
        )
        .outerjoin(by, by.id == Hours.confirmed_by)
        .where(Volunteer.slot_id == slot_id)
        .order_by(Volunteer.waits, Volunteer.at, Volunteer.id)
    ).all()  # fmt: skip


def dated(session: Session, since: datetime, until: datetime) -> Sequence[AnyRow]:
    """Return the shifts between two instants that everyone may see, at most 500."""
    return session.execute(
        select(
            Slot.id, Slot.call_id, Slot.starts_at, Slot.ends_at, Call.title, Call.place,
            Call.space_id,
        )
        .join(Call, Call.id == Slot.call_id)
        .join(Space, Space.id == Call.space_id)
        .where(
            visible(), Slot.called_off_at.is_(None), Slot.starts_at < until, Slot.ends_at > since
        )
        .order_by(Slot.starts_at, Slot.id)
        .limit(500)
    ).all()  # fmt: skip
