"""How far receiving and packing have come: what each page of them shows at its head."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import Viewer
from ...cycles.rules import ACTIVIST
from .. import queries


@dataclass(frozen=True, slots=True)
class Todo:
    """What is still to be done; the first three are None for a hub that only hands out."""

    counting: int | None
    sharing: int | None
    replacing: int | None
    weighing: int
    packed: int
    orders: int
    hubs: int


def todo(session: Session, cycle_id: int, hubs: frozenset[int] | None) -> Todo:
    """Return how many products are to be counted, shared and replaced, and so on."""
    goods = queries.weighed_goods(session, cycle_id, hubs)
    bags = queries.bags_of(session, cycle_id, hubs)
    counting = sharing = replacing = None
    if hubs is None:
        rows = [row for each in queries.deliveries(session, cycle_id) for row in each.rows]
        counting = sum(row.came is None for row in rows)
        sharing = sum(each.waits for each in queries.shortages(session, cycle_id))
        replacing = queries.lacking(session, cycle_id)
    return Todo(
        counting,
        sharing,
        replacing,
        sum(row.lines - row.weighed for row in goods),
        int(bags.packed),
        int(bags.orders),
        len(queries.hubs_of(session, cycle_id)),
    )


def my_sections(session: Session, viewer: Viewer) -> list[Section]:
    """Return the rounds that this person hands out at a hub that is not the round's own."""
    hubs = viewer.spaces(ACTIVIST)
    rows = queries.points_of(session, hubs) if hubs else ()
    return [Section("assembly/receiving/my_points.html", {"rows": rows}, order=20)] if rows else []
