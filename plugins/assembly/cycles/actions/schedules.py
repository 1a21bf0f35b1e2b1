"""Schedules: rounds that are drafted, and opened, by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import Invalid, NotFound, Refused, WizzleError
from .....core.models import Space
from .....core.node import Node
from .....core.values import Message
from ..models import Cycle, Schedule
from ..rules import (
    DRAFTED_BEFORE,
    EVERY,
    Rhythm,
    State,
    check_times,
    days_of,
    kept_problem,
    next_date,
    next_possible,
)
from .copying import copy_last
from .held import locked
from .jobs import SCHEDULE, ask_for, ask_opening
from .rounds import Plan, draft_cycle, enter

LAST_YEAR = timedelta(days=400)
"""The next day of collection lies at most so far ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Rhythm):
    """A rhythm, the day with which it begins, and what it is to do."""

    next_on: date
    opens_itself: bool = True
    active: bool = True


def set_schedule(
    node: Node, session: Session, hub_id: int, choice: Choice, *, version: int,
    actor_id: int | None,
) -> Schedule:  # fmt: skip
    """Make or change the schedule of a hub; ``version`` 0 as long as there is none."""
    _check(node, choice)
    schedule = _of_hub(session, hub_id)
    if (schedule.version if schedule else 0) != version:
        raise Refused("This was changed in another window. Please look at it again.")
    if schedule is None:
        hub = session.get(Space, hub_id)
        if hub is None or hub.kind != "hub":
            raise NotFound("There is no such hub.")
        schedule = Schedule(hub_id=hub_id, version=0)
        session.add(schedule)
    for name, value in asdict(choice).items():
        setattr(schedule, name, value)
    _changed(node, session, schedule, actor_id)
    return schedule


def skip_next(
    node: Node, session: Session, hub_id: int, *, version: int, actor_id: int | None
) -> None:
    """Leave the next round of a schedule out: a holiday."""
    schedule = _of_hub(session, hub_id)
    if schedule is None:
        raise NotFound("This hub has no schedule.")
    if schedule.version != version:
        raise Refused("This was changed in another window. Please look at it again.")
    schedule.next_on = next_date(rhythm_of(schedule), schedule.next_on)
    _changed(node, session, schedule, actor_id)


def work_schedule(node: Node, payload: Mapping[str, Any]) -> None:
    """Draft the next round of a schedule if it is time for it, and ask for the one after it."""
    with node.db.write() as session:
        schedule = session.get(
            Schedule, int(payload["schedule_id"]), with_for_update=True, populate_existing=True
        )
        if schedule is None or not schedule.active:
            return
        zone, now = ZoneInfo(node.settings.node.time_zone), node.clock.now()
        rhythm = rhythm_of(schedule)
        schedule.next_on = next_possible(rhythm, schedule.next_on, now, zone)
        if days_of(rhythm, schedule.next_on, zone).opens_at - DRAFTED_BEFORE <= now:
            _make(node, session, schedule)
            schedule.next_on = next_date(rhythm, schedule.next_on)
        session.flush()
        _ask(node, session, schedule)


def work_open(node: Node, payload: Mapping[str, Any]) -> None:
    """Open a round that a schedule has made, at its time; what stands in the way is shown."""
    cycle_id = int(payload["cycle_id"])
    try:
        with node.db.write() as session:
            cycle = session.get(Cycle, cycle_id)
            schedule = cycle and session.get(Schedule, cycle.schedule_id)
            if cycle is None or not schedule or not schedule.opens_itself or not schedule.active:
                return
            cycle = locked(session, cycle_id)
            if cycle.state == State.DRAFT and cycle.opens_at <= node.clock.now():
                enter(node, session, cycle, State.OPEN, actor_id=None)
                schedule.problem = ""
    except WizzleError as error:
        with node.db.write() as session:
            schedule = session.get(Schedule, session.get_one(Cycle, cycle_id).schedule_id)
            if schedule is not None:
                schedule.problem = kept_problem(error.message)


def rhythm_of(schedule: Schedule) -> Rhythm:
    """Return the rhythm of a schedule as a value."""
    return Rhythm(**{name: getattr(schedule, name) for name in _RHYTHM})


_RHYTHM = (
    "every", "collect_from", "collect_until", "opens_days", "opens_at", "cut_off_days",
    "cut_off_at",
)  # fmt: skip


def _check(node: Node, choice: Choice) -> None:
    zone, now = ZoneInfo(node.settings.node.time_zone), node.clock.now()
    wrong: dict[str, list[Message]] = {}
    if choice.every not in EVERY:
        wrong["every"] = [Message("Please choose one of these.", {})]
    if not now.date() <= choice.next_on <= now.date() + LAST_YEAR:
        wrong["next_on"] = [Message("Please choose a day within the next twelve months.", {})]
    if wrong:
        raise Invalid(wrong)
    times = days_of(choice, choice.next_on, zone)
    check_times(times.opens_at, times.cut_off, times.collect_from, times.collect_until)
    if times.cut_off <= now:
        late = Message("For this day the cut-off would be over already. Please choose a later "
                       "one.", {})  # fmt: skip
        raise Invalid({"next_on": [late]})


def _of_hub(session: Session, hub_id: int) -> Schedule | None:
    return session.scalars(
        select(Schedule)
        .where(Schedule.hub_id == hub_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def _changed(node: Node, session: Session, schedule: Schedule, actor_id: int | None) -> None:
    schedule.version += 1
    schedule.problem = ""
    session.flush()
    audit.record(
        session, "assembly.schedule.changed", at=node.clock.now(), person_id=actor_id,
        subject=("hub", schedule.hub_id), every=schedule.every, active=schedule.active,
        next_on=schedule.next_on.isoformat(),
    )  # fmt: skip
    _ask(node, session, schedule)


def _ask(node: Node, session: Session, schedule: Schedule) -> None:
    """Ask for the next draft; each change of the schedule asks under a key of its own."""
    if not schedule.active:
        return
    zone = ZoneInfo(node.settings.node.time_zone)
    opens_at = days_of(rhythm_of(schedule), schedule.next_on, zone).opens_at
    due = max(node.clock.now(), opens_at - DRAFTED_BEFORE)
    key = f"{schedule.id}:{schedule.version}:{schedule.next_on}"
    ask_for(session, SCHEDULE, key, due, schedule_id=schedule.id)


def _make(node: Node, session: Session, schedule: Schedule) -> None:
    """Draft the round of the day unless the hub has one on it already."""
    zone, on = ZoneInfo(node.settings.node.time_zone), schedule.next_on
    day = datetime.combine(on, time(), tzinfo=zone)
    there = session.scalar(
        select(Cycle.id).where(
            Cycle.hub_id == schedule.hub_id,
            Cycle.collect_from >= day,
            Cycle.collect_from < day + timedelta(days=1),
        )
    )
    if there is not None:
        return
    if session.get_one(Space, schedule.hub_id).closed_at is not None:
        schedule.problem = kept_problem(
            Message("This hub is closed. A steward can open it again.", {})
        )
        return
    times = days_of(rhythm_of(schedule), on, zone)
    say = node.catalogues.tongue(node.settings.node.languages[0])
    title = say.gettext("Round of %(month)s/%(day)s", month=on.month, day=on.day)
    cycle = draft_cycle(
        node, session, schedule.hub_id, Plan(title=title, **asdict(times)), actor_id=None
    )
    cycle.schedule_id = schedule.id
    copy_last(node, session, cycle, actor_id=None)
    schedule.problem = ""
    session.flush()
    ask_opening(session, cycle)
