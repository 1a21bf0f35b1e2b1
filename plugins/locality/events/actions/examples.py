"""Events of the example, on the days to come, with neighbours who have signed up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.members import find_person
from .....core.node import Node
from ...examples_at import COUNTY, at, read, space_named, speaker
from ..models import Event, Occurrence
from ..rules import Draft, Every, Span
from .making import make, publish
from .places import sign_up

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SAID = ("place", "address", "online_url", "price", "children", "access", "capacity",
         "most_people", "cancel_hours")  # fmt: skip


def load_events(node: Node, session: Session) -> None:
    """Make the events of those spaces that are there; what is there already stays as it is."""
    if node.settings.node.county != COUNTY:
        return
    earlier = at(node, node.clock.now() - timedelta(days=1))
    for said in read("events"):
        space = space_named(session, said["space"]) if said["space"] else None
        actor = speaker(session, space)
        if actor is not None and bool(said["space"]) is (space is not None):
            _make(earlier, session, said, space.id if space else None, actor)


def _make(
    node: Node, session: Session, said: Mapping[str, Any], space_id: int | None, actor: int
) -> None:
    key = f"example-{said['name']}"
    if session.scalar(select(Event.id).where(Event.key.endswith(f":{key}"))) is not None:
        return
    span = _span(node, said)
    event = make(
        node, session, space_id, _draft(said), span, every=Every(said.get("every", "")),
        last=span.starts_at.date() + timedelta(weeks=said.get("weeks", 0)), actor_id=actor, key=key,
    )  # fmt: skip
    publish(node, session, event.id, actor_id=actor)
    _fill(node, session, event, said)


def _draft(said: Mapping[str, Any]) -> Draft:
    given = {name: said[name] for name in _SAID if name in said}
    asked = tuple(said.get("questions", ()))
    return Draft(said["title"], said["text"], signs_up="capacity" in said, questions=asked, **given)


def _span(node: Node, said: Mapping[str, Any]) -> Span:
    zone = ZoneInfo(node.settings.node.time_zone)
    day = node.clock.now().astimezone(zone).date() + timedelta(days=said["in_days"])
    day += timedelta(days=(_WEEKDAYS.index(said["weekday"]) - day.weekday()) % 7)
    first, last = (time.fromisoformat(said[name]) for name in ("from", "until"))
    return Span(datetime.combine(day, first, zone), datetime.combine(day, last, zone))


def _fill(node: Node, session: Session, event: Event, said: Mapping[str, Any]) -> None:
    """Let the neighbours of the example sign up for the first date, one after the other."""
    dates = select(Occurrence.id).where(Occurrence.event_id == event.id)
    first = session.scalars(dates.order_by(Occurrence.starts_at).limit(1)).one()
    for number, (email, people, *answers) in enumerate(said.get("comes", ())):
        person = find_person(session, email)
        if person is not None:
            then = at(node, node.clock.now() + timedelta(minutes=20 * number))
            sign_up(then, session, first, person.id, people=people, answers=answers)
