"""What helpers do: take a place, leave it, look for somebody to take it over.

Each holds the shift first, so that a place is never given twice, nor more places than there are.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import Helper, Shift
from .held import locked, places_of, record
from .letters import tell_taken_over

CONSENT = "helping"
CONSENT_VERSION = "1"
"""That those who host see name and phone number of whoever helps (Personal Information Protection
Act article 15)."""


def take(node: Node, session: Session, shift_id: int, person_id: int) -> None:
    """Take a free place; Refused if there is none. Whoever has one keeps it."""
    shift = _before_it_begins(node, session, shift_id)
    helpers = places_of(session, shift)
    if any(helper.person_id == person_id for helper in helpers):
        return
    if len(helpers) >= shift.places:
        raise Refused("All places are taken by now. Thank you all the same!")
    _seat(node, session, shift, person_id)
    record(node, session, "taken", shift.id, person_id)


def swap(node: Node, session: Session, shift_id: int, person_id: int) -> None:
    """Take over the place that has been on offer for the longest; the one who had it is told."""
    shift = _before_it_begins(node, session, shift_id)
    helpers = places_of(session, shift)
    if any(helper.person_id == person_id for helper in helpers):
        raise Refused("You have a place in this shift already.")
    offered = [helper for helper in helpers if helper.offered_at is not None]
    if not offered:
        raise Refused("Nobody looks for somebody else any more. Thank you all the same!")
    former = min(offered, key=lambda helper: (helper.offered_at, helper.id))
    before = former.person_id
    session.delete(former)
    session.flush()
    _seat(node, session, shift, person_id)
    tell_taken_over(node, session, shift, before, person_id)
    record(node, session, "swapped", shift.id, person_id, before=before)


def leave(node: Node, session: Session, shift_id: int, person_id: int) -> None:
    """Give a place back, as long as the shift has not begun."""
    shift = _before_it_begins(node, session, shift_id)
    session.delete(_own(session, shift, person_id))
    session.flush()
    _forget_consent(node, session, person_id)
    record(node, session, "left", shift.id, person_id)


def offer(node: Node, session: Session, shift_id: int, person_id: int, *, offered: bool) -> None:
    """Look for somebody to take one's place, or keep it after all; till then one helps oneself."""
    shift = _before_it_begins(node, session, shift_id)
    own = _own(session, shift, person_id)
    if offered == (own.offered_at is not None):
        return
    own.offered_at = node.clock.now() if offered else None
    session.flush()
    record(node, session, "offered" if offered else "kept", shift.id, person_id)


def forget_helper(node: Node, session: Session, person_id: int) -> None:
    """Free the places of somebody who closes their account; what they did stays counted."""
    ahead = select(Shift.id).where(Shift.starts_at > node.clock.now())
    session.execute(
        delete(Helper)
        .where(Helper.person_id == person_id, Helper.shift_id.in_(ahead))
        .execution_options(synchronize_session=False)
    )


def _before_it_begins(node: Node, session: Session, shift_id: int) -> Shift:
    shift = locked(session, shift_id)
    if shift.called_off_at is not None:
        raise Refused("This shift was called off.")
    if shift.starts_at <= node.clock.now():
        raise Refused("This shift has begun. Please call the hub.")
    return shift


def _own(session: Session, shift: Shift, person_id: int) -> Helper:
    for helper in places_of(session, shift):
        if helper.person_id == person_id:
            return helper
    raise NotFound("You have no place in this shift.")


def _seat(node: Node, session: Session, shift: Shift, person_id: int) -> None:
    now = node.clock.now()
    session.add(Helper(shift_id=shift.id, person_id=person_id, taken_at=now))
    members.withdraw_consent(session, person_id, CONSENT, at=now)  # one that stands at a time
    members.give_consent(session, person_id, CONSENT, CONSENT_VERSION, at=now)
    session.flush()


def _forget_consent(node: Node, session: Session, person_id: int) -> None:
    now = node.clock.now()
    still = select(Helper.id).join(Shift, Shift.id == Helper.shift_id)
    still = still.where(Helper.person_id == person_id, Shift.ends_at > now)
    if session.execute(still.limit(1)).first() is None:
        members.withdraw_consent(session, person_id, CONSENT, at=now)
