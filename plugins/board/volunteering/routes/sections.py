"""What volunteering adds to pages of others: home, an organisation's, one's own, the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from .....core.answers import Happening, Section
from .....core.node import Node
from .....core.values import Message, SpaceFace, Viewer
from .. import queries


def home_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return who looks for volunteers now."""
    rows, now = queries.listed(session, node.clock.now(), limit=3), node.clock.now()
    if not rows:
        return []
    slots = queries.slots_of(session, [row.id for row in rows], None, since=now)
    title = Message("Volunteers wanted", {})
    return [Section("board/volunteering/home.html", {"rows": rows, "slots": slots}, 46, title)]


def space_sections(node: Node, session: Session, space: SpaceFace) -> Sequence[Section]:
    """Return what an organisation looks for volunteers for."""
    if space.kind != "organisation":
        return []
    now = node.clock.now()
    rows = queries.listed(session, now, space_id=space.id, limit=3)
    if not rows:
        return []
    slots = queries.slots_of(session, [row.id for row in rows], None, since=now)
    return [Section("board/volunteering/home.html", {"rows": rows, "slots": slots}, order=14)]


def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return the shifts in which one volunteers, and how many hours one gave."""
    slots = queries.my_slots(session, viewer.id, node.clock.now())
    hours = queries.my_hours(session, viewer.id)
    if not slots and not hours:
        return []
    context = {"slots": slots, "minutes": sum(row.minutes for row in hours)}
    return [Section("board/volunteering/mine.html", context, order=19)]


def happenings(session: Session, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return the shifts that everyone may join."""
    kind = Message("Volunteering", {})
    return [
        Happening(
            row.title, kind, f"/board/calls/{row.call_id}#s{row.id}", row.starts_at, row.ends_at,
            row.place, row.space_id,
        )
        for row in queries.dated(session, since, until)
    ]  # fmt: skip
