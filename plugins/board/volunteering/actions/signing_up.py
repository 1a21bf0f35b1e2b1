"""What helpers do: sign up, wait for a place, give it back.

Each holds the shift first, so that there are never more people than places; whoever signs up is
held before it, as everywhere.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import Call, Slot, Volunteer
from .held import is_shown, locked_slot, record, space_of, volunteers
from .letters import tell_promoted

CONSENT = "volunteering"
CONSENT_VERSION = "1"
"""That those who run the organisation see name and phone number of whoever comes (Personal
Information Protection Act article 17)."""


def sign_up(
    node: Node, session: Session, slot_id: int, person_id: int, *, wait: bool = False
) -> bool:
    """Take a place and return True, or with ``wait`` the end of the waiting list where there is
    none, and return False. ``Refused`` if there is none and one does not wait, or has promised
    that time already. Whoever has signed up before stays where they are.
    """
    if members.stays(session, person_id) is None:
        raise NotFound("There is no such account.")
    slot = _before_it_begins(node, session, slot_id)
    call = session.get_one(Call, slot.call_id)
    if not is_shown(call) or space_of(session, call).closed_at is not None:
        raise NotFound("There is no such call.")
    own = _own(session, slot_id, person_id)
    if own is not None:
        return not own.waits
    _check_free(session, slot, person_id)
    waits = _is_full(session, slot)
    if waits and not wait:
        raise Refused("All places are taken. You can join the waiting list.")
    now = node.clock.now()
    session.add(Volunteer(slot_id=slot_id, person_id=person_id, waits=waits, at=now))
    members.withdraw_consent(session, person_id, CONSENT, at=now)  # one that stands at a time
    members.give_consent(session, person_id, CONSENT, CONSENT_VERSION, at=now)
    session.flush()
    record(node, session, "slot.waited" if waits else "slot.taken", ("slot", slot_id), person_id)
    return not waits


def leave(node: Node, session: Session, slot_id: int, person_id: int) -> None:
    """Give a place back, or wait no longer; who waited longest gets the place and is told."""
    members.stays(session, person_id)
    slot = _before_it_begins(node, session, slot_id)
    own = _own(session, slot_id, person_id)
    if own is None:
        raise NotFound("You have no place in this shift.")
    session.delete(own)
    session.flush()
    forget_consent(node, session, person_id)
    promote(node, session, slot)
    record(node, session, "slot.left", ("slot", slot_id), person_id)


def promote(node: Node, session: Session, slot: Slot) -> None:
    """Give what is free to those who wait, the longest first; the shift is held."""
    free = slot.places - len(volunteers(session, slot.id, waits=False))
    if free <= 0 or slot.called_off_at is not None or slot.starts_at <= node.clock.now():
        return
    for each in volunteers(session, slot.id, waits=True)[:free]:
        each.waits = False
        session.flush()
        tell_promoted(node, session, slot, each)
        record(node, session, "slot.promoted", ("slot", slot.id), None, person=each.person_id)


def forget_consent(node: Node, session: Session, person_id: int) -> None:
    """End the consent of somebody who has no shift ahead any more."""
    now = node.clock.now()
    still = select(Volunteer.id).join(Slot, Slot.id == Volunteer.slot_id)
    still = still.where(Volunteer.person_id == person_id, Slot.ends_at > now)
    if session.execute(still.limit(1)).first() is None:
        members.withdraw_consent(session, person_id, CONSENT, at=now)


def _before_it_begins(node: Node, session: Session, slot_id: int) -> Slot:
    slot = locked_slot(session, slot_id)
    if slot.called_off_at is not None:
        raise Refused("This shift was called off.")
    if slot.starts_at <= node.clock.now():
        raise Refused("This shift has begun. Please call the organisation.")
    return slot


def _own(session: Session, slot_id: int, person_id: int) -> Volunteer | None:
    query = select(Volunteer).where(Volunteer.slot_id == slot_id, Volunteer.person_id == person_id)
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _is_full(session: Session, slot: Slot) -> bool:
    # Who comes now does not overtake those who wait.
    if volunteers(session, slot.id, waits=True):
        return True
    return len(volunteers(session, slot.id, waits=False)) >= slot.places


def _check_free(session: Session, slot: Slot, person_id: int) -> None:
    other = (
        select(Slot.id)
        .join(Volunteer, Volunteer.slot_id == Slot.id)
        .where(
            Volunteer.person_id == person_id, Volunteer.waits.is_(False),
            Slot.called_off_at.is_(None), Slot.id != slot.id,
            Slot.starts_at < slot.ends_at, Slot.ends_at > slot.starts_at,
        )
    )  # fmt: skip
    if session.scalar(other.limit(1)) is not None:
        raise Refused("You help in another shift at that time.")
