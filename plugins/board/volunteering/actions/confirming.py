"""Confirming hours: by another person of the organisation, never more than eight a day."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.errors import Forbidden, Invalid, NotFound, Refused
from .....core.models import Person
from .....core.node import Node
from .....core.values import Message
from ...organisations.queries import run_by
from ..models import Call, Hours, HoursChange, Slot, Volunteer
from ..rules import check_minutes, day_of, minutes_between
from .held import locked_slot, record
from .letters import tell_hours


def confirm(
    node: Node, session: Session, slot_id: int, person_id: int, *, minutes: int, actor_id: int
) -> Hours:
    """Confirm how long somebody helped in a shift that is over; twice the same is once.

    ``Forbidden`` for one's own hours, and for whoever is not of the organisation; ``Invalid`` for
    more than the shift lasted or the day holds; ``Refused`` where another number stands already.
    """
    _hold(session, person_id)
    slot = locked_slot(session, slot_id)
    call = session.get_one(Call, slot.call_id)
    _check_by_another(session, call.space_id, person_id, actor_id)
    if slot.called_off_at is not None:
        raise Refused("This shift was called off.")
    if slot.ends_at > node.clock.now():
        raise Refused("Hours are confirmed once the shift is over.")
    place = select(Volunteer.id).where(
        Volunteer.slot_id == slot_id, Volunteer.person_id == person_id, Volunteer.waits.is_(False)
    )
    if session.scalar(place) is None:
        raise NotFound("This person had no place in the shift.")
    standing = session.scalars(
        select(Hours).where(Hours.slot_id == slot_id, Hours.person_id == person_id)
    ).one_or_none()
    if standing is not None:
        if standing.minutes != minutes:
            raise Refused("These hours are confirmed already. Please correct them with a reason.")
        return standing
    day = day_of(slot.starts_at, ZoneInfo(node.settings.node.time_zone))
    _check_day(session, slot, person_id, day, minutes)
    hours = Hours(
        slot_id=slot_id, space_id=call.space_id, person_id=person_id, day=day, minutes=minutes,
        confirmed_at=node.clock.now(), confirmed_by=actor_id,
    )  # fmt: skip
    session.add(hours)
    session.flush()
    if minutes:
        tell_hours(node, session, hours, key="confirmed")
    record(node, session, "hours.confirmed", ("hours", hours.id), actor_id, minutes=minutes)
    return hours


def correct(
    node: Node, session: Session, hours_id: int, *, minutes: int, reason: str, actor_id: int
) -> None:
    """Correct confirmed hours, with the reason; what stood before is kept. 0 takes them back."""
    if not reason:
        raise Invalid({"reason": [Message("Please say in a few words why.", {})]})
    found = session.get(Hours, hours_id)
    if found is None:
        raise NotFound("There are no such hours.")
    _hold(session, found.person_id)
    hours = session.get_one(Hours, hours_id, with_for_update=True, populate_existing=True)
    _check_by_another(session, hours.space_id, hours.person_id, actor_id)
    if hours.minutes == minutes:
        return
    slot = session.get_one(Slot, hours.slot_id)
    _check_day(session, slot, hours.person_id, hours.day, minutes, but=hours_id)
    change = HoursChange(
        hours_id=hours_id, at=node.clock.now(), actor_id=actor_id, before=hours.minutes,
        after=minutes, reason=reason,
    )  # fmt: skip
    session.add(change)
    hours.minutes, hours.confirmed_by, hours.confirmed_at = minutes, actor_id, node.clock.now()
    session.flush()
    tell_hours(node, session, hours, key=f"corrected:{change.id}")
    record(
        node, session, "hours.corrected", ("hours", hours_id), actor_id, before=change.before,
        after=minutes, reason=reason,
    )  # fmt: skip


def _hold(session: Session, person_id: int) -> None:
    """Hold whose hours they are: two organisations that confirm at once wait for each other."""
    query = select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)
    if session.scalar(query) is None:
        raise NotFound("There is no such account.")


def _check_by_another(session: Session, space_id: int, person_id: int, actor_id: int) -> None:
    if actor_id == person_id:
        raise Forbidden("Nobody confirms their own hours. Please ask another person of the"
                        " organisation.")  # fmt: skip
    if actor_id not in run_by(session, space_id):
        raise Forbidden("Only people of the organisation confirm hours.")


def _check_day(
    session: Session, slot: Slot, person_id: int, day: date, minutes: int, but: int = 0
) -> None:
    elsewhere = select(func.sum(Hours.minutes)).where(
        Hours.person_id == person_id, Hours.day == day, Hours.id != but
    )
    total = int(session.scalar(elsewhere) or 0)
    check_minutes(minutes, total, minutes_between(slot.starts_at, slot.ends_at))
