"""Further hubs at which a round is collected: chosen while it is a draft, each with its hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from .....core.values import Message
from ..models import Cycle, Point
from ..rules import State
from .held import locked, record

MOST_POINTS = 20


@dataclass(frozen=True, slots=True)
class Opening:
    """When a hub hands out a round's orders."""

    collect_from: datetime
    collect_until: datetime


def choose_points(
    node: Node, session: Session, cycle_id: int, openings: Mapping[int, Opening], *,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Let a draft be collected at just these hubs (by id) besides its own.

    ``Invalid`` names hours that do not fit by the fields ``from-<hub>`` and ``until-<hub>``.
    """
    cycle = locked(session, cycle_id)
    if cycle.state != State.DRAFT:
        raise Refused("This round is open already. What was promised stays as it is.")
    if len(openings) > MOST_POINTS:
        raise Refused("A round has at most %(most)s hubs.", most=MOST_POINTS + 1)
    _check(cycle.cut_off, openings)
    hubs = _hubs(session, cycle, openings)
    session.execute(delete(Point).where(Point.cycle_id == cycle_id))
    for hub_id, opening in sorted(openings.items()):
        hub = hubs[hub_id]
        session.add(
            Point(
                cycle_id=cycle_id, hub_id=hub_id, place=hub.name, address=hub.address,
                collect_from=opening.collect_from, collect_until=opening.collect_until,
            )
        )  # fmt: skip
    cycle.version += 1
    session.flush()
    record(node, session, "hubs", cycle_id, actor_id, hubs=sorted(openings))


def _check(cut_off: datetime, openings: Mapping[int, Opening]) -> None:
    wrong: dict[str, list[Message]] = {}
    for hub_id, opening in openings.items():
        if opening.collect_from <= cut_off:
            late = Message("Collection must begin after the cut-off.", {})
            wrong[f"from-{hub_id}"] = [late]
        if opening.collect_from >= opening.collect_until:
            wrong[f"until-{hub_id}"] = [Message("Collection must end after it begins.", {})]
    if wrong:
        raise Invalid(wrong)


def _hubs(session: Session, cycle: Cycle, openings: Mapping[int, Opening]) -> dict[int, Space]:
    found = session.scalars(
        select(Space).where(
            Space.id.in_(openings), Space.kind == "hub", Space.closed_at.is_(None),
            Space.id != cycle.hub_id,
        )
    )  # fmt: skip
    hubs = {hub.id: hub for hub in found}
    if len(hubs) != len(openings):
        raise NotFound("There is no such hub.")
    return hubs


def move_points(session: Session, cycle: Cycle, by: timedelta) -> None:
    """Let the further hubs' hours move along with a draft; Refused if they no longer fit."""
    for point in session.scalars(select(Point).where(Point.cycle_id == cycle.id)):
        point.collect_from += by
        point.collect_until += by
        if point.collect_from <= cycle.cut_off:
            raise Refused(
                "At %(place)s collection would begin before the cut-off. Please change its hours "
                "first.",
                place=point.place,
            )
    session.flush()


def copy_points(session: Session, source: Cycle, target: Cycle) -> None:
    """Let a draft be collected at the further hubs of another round, as far before or after its
    own hub; those that have closed since or do not fit are left out."""
    by = target.collect_from - source.collect_from
    points = session.scalars(
        select(Point)
        .join(Space, Space.id == Point.hub_id)
        .where(Point.cycle_id == source.id, Space.closed_at.is_(None))
    )
    for point in points.all():
        if point.collect_from + by > target.cut_off:
            session.add(
                Point(
                    cycle_id=target.id, hub_id=point.hub_id, place=point.place,
                    address=point.address, collect_from=point.collect_from + by,
                    collect_until=point.collect_until + by,
                )
            )  # fmt: skip
    session.flush()
