"""What organisations do: call for volunteers, plan shifts, move them, call them off."""

from __future__ import annotations

from dataclasses import asdict
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import follows, search
from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from ...activities.rules import MOST_DRAFTS
from ..models import Call, Slot
from ..rules import CALLS, MOST_SLOTS, Plan, Wanted
from .held import (
    is_shown,
    locked_call,
    locked_slot,
    record,
    space_of,
    subject_of,
    tell_others,
    volunteers,
)
from .letters import remind_later, tell_called_off, tell_changed
from .signing_up import promote


def draft(
    node: Node, session: Session, space_id: int, wanted: Wanted, *, key: str, actor_id: int
) -> Call:
    """Write a call, once for each ``key``; shifts are planned on its page."""
    query = select(Call).where(Call.space_id == space_id, Call.key == key)
    row = session.scalars(query).one_or_none()
    if row is not None:
        return row
    waiting = select(func.count()).where(Call.space_id == space_id, Call.published_at.is_(None))
    if (session.scalar(waiting) or 0) >= MOST_DRAFTS:
        raise Refused("Many drafts wait already. Please publish some of them, or throw them away.")
    now = node.clock.now()
    row = Call(space_id=space_id, key=key, created_at=now, changed_at=now, **asdict(wanted))
    session.add(row)
    tell_others(node, session, row)
    record(node, session, "call.drafted", ("call", row.id), actor_id)
    return row


def revise(
    node: Node, session: Session, call_id: int, wanted: Wanted, *, version: int, actor_id: int
) -> None:
    """Change what a call says; the log keeps what it said before."""
    row = locked_call(session, call_id)
    if row.version != version:
        raise Refused("This was changed in another window. Please look at it again.")
    said = asdict(wanted)
    before = {name: getattr(row, name) for name in said if getattr(row, name) != said[name]}
    if not before:
        return
    for name, value in said.items():
        setattr(row, name, value)
    row.version, row.changed_at = version + 1, node.clock.now()
    tell_others(node, session, row)
    record(node, session, "call.changed", ("call", call_id), actor_id, before=before)


def publish(node: Node, session: Session, call_id: int, *, actor_id: int) -> None:
    """Let everyone sign up, and tell those who follow the organisation, once.

    ``Refused`` without a shift ahead, while the page is closed, or while a measure hides it.
    """
    row = locked_call(session, call_id)
    space = space_of(session, row)
    if space.closed_at is not None or row.hidden_at is not None:
        raise Refused("This cannot be shown now.")
    if row.published_at is not None and row.withdrawn_at is None:
        return
    ahead = select(Slot.id).where(
        Slot.call_id == call_id, Slot.starts_at > node.clock.now(), Slot.called_off_at.is_(None)
    )
    if session.scalar(ahead.limit(1)) is None:
        raise Refused("Please plan a shift first, so that people can sign up.")
    is_new = row.published_at is None
    row.published_at, row.withdrawn_at = row.published_at or node.clock.now(), None
    tell_others(node, session, row)
    record(node, session, "call.published", ("call", call_id), actor_id)
    if is_new:
        follows.tell(node, session, f"space:{space.id}", _news(row, space.name), but=actor_id)


def _news(row: Call, organisation: str) -> Notice:
    values = {"name": organisation, "title": row.title}
    return Notice(
        kind=CALLS.name,
        title=Message("%(name)s looks for volunteers: %(title)s", values),
        text=row.text[:500],
        url=f"/board/calls/{row.id}",
        subject=f"space:{row.space_id}",
        heading=organisation,
        key=f"{subject_of(row.id)}:published",
    )


def withdraw(node: Node, session: Session, call_id: int, *, actor_id: int) -> None:
    """Take the call back: nobody signs up any more; who has a place keeps it."""
    row = locked_call(session, call_id)
    if row.published_at is None or row.withdrawn_at is not None:
        return
    row.withdrawn_at = node.clock.now()
    tell_others(node, session, row)
    record(node, session, "call.withdrawn", ("call", call_id), actor_id)


def discard(node: Node, session: Session, call_id: int, *, actor_id: int) -> None:
    """Throw a draft away with its shifts; ``Refused`` once it was published: people may come."""
    row = locked_call(session, call_id)
    if row.published_at is not None:
        raise Refused("This was public. It can be taken back, but not thrown away.")
    record(node, session, "call.discarded", ("call", call_id), actor_id, title=row.title)
    session.execute(delete(Slot).where(Slot.call_id == call_id))
    session.delete(row)
    session.flush()
    search.changed(session, "call", call_id)


def add_slot(
    node: Node, session: Session, call_id: int, plan: Plan, *, key: str, actor_id: int
) -> Slot:
    """Plan a shift, once for each ``key``; ``Invalid`` for times in the past."""
    row = locked_call(session, call_id)
    query = select(Slot).where(Slot.call_id == call_id, Slot.key == key)
    slot = session.scalars(query).one_or_none()
    if slot is not None:
        return slot
    plan.check(node.clock.now(), _zone(node))
    held = session.scalar(select(func.count()).where(Slot.call_id == call_id)) or 0
    if held >= MOST_SLOTS:
        raise Refused("A call has at most %(most)s shifts. Please make another call.",
                      most=MOST_SLOTS)  # fmt: skip
    slot = Slot(call_id=call_id, key=key, **asdict(plan))
    session.add(slot)
    session.flush()
    remind_later(node, session, slot)
    if is_shown(row):
        tell_others(node, session, row)
    record(node, session, "slot.planned", ("slot", slot.id), actor_id, places=plan.places)
    return slot


def change_slot(
    node: Node, session: Session, slot_id: int, plan: Plan, *, version: int, actor_id: int
) -> None:
    """Change a shift: who comes is told of another time, who waits gets what is free. Nobody loses
    a place."""
    slot = locked_slot(session, slot_id)
    if slot.version != version:
        raise Refused("This shift was changed in another window. Please look at it again.")
    if slot.called_off_at is not None:
        raise Refused("This shift was called off.")
    if slot.starts_at <= node.clock.now():
        raise Refused("This shift has begun.")
    plan.check(node.clock.now(), _zone(node))
    seated = volunteers(session, slot_id, waits=False)
    if plan.places < len(seated):
        why = Message("So many have a place already: %(taken)s", {"taken": len(seated)})
        raise Invalid({"places": [why]})
    moved = (slot.starts_at, slot.ends_at) != (plan.starts_at, plan.ends_at)
    for name, value in asdict(plan).items():
        setattr(slot, name, value)
    slot.version += 1
    session.flush()
    if moved:
        remind_later(node, session, slot)
        tell_changed(node, session, slot, volunteers(session, slot_id, waits=False))
    promote(node, session, slot)
    record(node, session, "slot.changed", ("slot", slot_id), actor_id, moved=moved)


def call_off(node: Node, session: Session, slot_id: int, *, actor_id: int) -> None:
    """Call a shift off and tell whoever wanted to come; a second time nothing happens.

    ``Refused`` once it is over: what was done was done.
    """
    slot = locked_slot(session, slot_id)
    if slot.called_off_at is not None:
        return
    if slot.ends_at <= node.clock.now():
        raise Refused("This shift is over.")
    slot.called_off_at = node.clock.now()
    slot.version += 1
    session.flush()
    for waits in (False, True):
        tell_called_off(node, session, slot, volunteers(session, slot_id, waits=waits))
    record(node, session, "slot.called_off", ("slot", slot_id), actor_id)


def _zone(node: Node) -> ZoneInfo:
    return ZoneInfo(node.settings.node.time_zone)
