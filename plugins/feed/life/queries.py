"""What one person took part in and follows; asked for nobody but them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from ....core import follows, moderation
from ....core.answers import Thing
from ....core.node import Node
from .rules import Line, lines_of

FEW = 8
"""So much of what somebody follows is shown; the core's own page lists all of it."""


def lines(
    node: Node, session: Session, person_id: int, since: datetime, until: datetime
) -> list[Line]:
    """Return what a person took part in between two instants, the earliest first."""
    found = node.host.collect(
        "joined", node=node, session=session, person_id=person_id, since=since, until=until
    )
    within = [each for each in found if since <= each.starts_at < until]
    return lines_of(within, ZoneInfo(node.settings.node.time_zone))


def followed(node: Node, session: Session, person_id: int) -> list[Thing]:
    """Return the first of what a person follows that is still there."""
    subjects = follows.subjects_of(session, person_id, limit=FEW)
    found = (moderation.thing_of(node, session, subject) for subject in subjects)
    return [thing for thing in found if thing is not None]
