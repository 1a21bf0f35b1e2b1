"""What hosts do: make a shift, change it, call it off, copy those of the last round."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.values import Message
from ...cycles.models import Cycle
from ..models import Shift
from ..queries import last_round_with_shifts
from ..rules import Plan, days_between
from .held import locked, places_of, record
from .letters import remind_later, tell_called_off, tell_changed


def make(node: Node, session: Session, hub_id: int, plan: Plan, *, actor_id: int) -> Shift:
    """Ask for helpers; ``Invalid`` for times in the past."""
    plan.check(node.clock.now())
    _check_round(session, hub_id, plan.cycle_id)
    shift = Shift(
        hub_id=hub_id, cycle_id=plan.cycle_id, title=plan.title, starts_at=plan.starts_at,
        ends_at=plan.ends_at, places=plan.places, remark=plan.remark,
    )  # fmt: skip
    session.add(shift)
    session.flush()
    remind_later(node, session, shift)
    record(node, session, "made", shift.id, actor_id, title=plan.title, places=plan.places)
    return shift


def change(
    node: Node, session: Session, shift_id: int, plan: Plan, *, version: int, actor_id: int
) -> None:
    """Change a shift; whoever helps is told of another time. Nobody loses their place."""
    shift = locked(session, shift_id)
    if shift.version != version:
        raise Refused("This shift was changed in another window. Please look at it again.")
    _check_stands(shift)
    plan.check(node.clock.now())
    _check_round(session, shift.hub_id, plan.cycle_id)
    helpers = places_of(session, shift)
    if plan.places < len(helpers):
        raise Invalid(
            {
                "places": [
                    Message("So many have a place already: %(taken)s", {"taken": len(helpers)})
                ]
            }
        )
    moved = (shift.starts_at, shift.ends_at) != (plan.starts_at, plan.ends_at)
    shift.title, shift.remark, shift.places = plan.title, plan.remark, plan.places
    shift.starts_at, shift.ends_at = plan.starts_at, plan.ends_at
    shift.cycle_id = plan.cycle_id
    shift.version += 1
    session.flush()
    if moved:
        remind_later(node, session, shift)
        tell_changed(node, session, shift, helpers)
    record(node, session, "changed", shift.id, actor_id, moved=moved, places=plan.places)


def call_off(node: Node, session: Session, shift_id: int, *, actor_id: int) -> None:
    """Call a shift off and tell whoever wanted to help; a second time nothing happens."""
    shift = locked(session, shift_id)
    if shift.called_off_at is not None:
        return
    shift.called_off_at = node.clock.now()
    shift.version += 1
    session.flush()
    if shift.ends_at > node.clock.now():
        tell_called_off(node, session, shift, places_of(session, shift))
    record(node, session, "called_off", shift.id, actor_id)


def copy_last(node: Node, session: Session, hub_id: int, cycle_id: int, *, actor_id: int) -> int:
    """Ask for the same helpers as in the last round that had shifts, so many days later; return
    how many shifts were made. Refused if the round has shifts already, or none are to copy."""
    cycle = session.get(Cycle, cycle_id, with_for_update=True)
    if cycle is None or cycle.hub_id != hub_id:
        raise Refused("There is no such round.")
    if session.scalar(select(Shift.id).where(Shift.cycle_id == cycle_id).limit(1)) is not None:
        raise Refused("This round has shifts already.")
    last = last_round_with_shifts(session, hub_id, but=cycle_id)
    if last is None:
        raise Refused("No earlier round had shifts.")
    by = days_between(last.collect_from, cycle.collect_from, _zone(node))
    source = select(Shift).where(Shift.cycle_id == last.id, Shift.called_off_at.is_(None))
    plans = [_plan(shift).moved(by, cycle_id) for shift in session.scalars(source)]
    ahead = [plan for plan in plans if plan.starts_at > node.clock.now()]
    for plan in ahead:
        make(node, session, hub_id, plan, actor_id=actor_id)
    return len(ahead)


def _plan(shift: Shift) -> Plan:
    return Plan(shift.title, shift.starts_at, shift.ends_at, shift.places, shift.remark)


def _zone(node: Node) -> ZoneInfo:
    return ZoneInfo(node.settings.node.time_zone)


def _check_stands(shift: Shift) -> None:
    if shift.called_off_at is not None:
        raise Refused("This shift was called off.")


def _check_round(session: Session, hub_id: int, cycle_id: int | None) -> None:
    if cycle_id is None:
        return
    owner = session.scalar(select(Cycle.hub_id).where(Cycle.id == cycle_id))
    if owner != hub_id:
        raise Invalid({"cycle_id": [Message("Please choose one of your rounds.", {})]})
