"""Who leads projects, who keeps the fund, and what day it is for them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from .....core.models import Grant
from .....core.node import Node
from .....core.values import STEWARD
from ...access import TREASURER
from ..models import Undertaking

OWNER = "owner"


def leaders(session: Session, found: Undertaking) -> frozenset[int]:
    """Return the people who lead an undertaking: its leader, and the owners of its organisation."""
    people = {found.leader_id} - {None}
    if found.space_id is not None:
        people |= set(
            session.scalars(
                select(Grant.person_id).where(Grant.space_id == found.space_id, Grant.role == OWNER)
            )
        )
    return frozenset(each for each in people if each is not None)


def keepers(session: Session) -> frozenset[int]:
    """Return the treasurers; the stewards while there is none."""
    rows = session.execute(
        select(Grant.person_id, Grant.role).where(
            Grant.space_id.is_(None), Grant.role.in_((TREASURER, STEWARD))
        )
    ).all()
    found = frozenset(row.person_id for row in rows if row.role == TREASURER)
    return found or frozenset(row.person_id for row in rows)


def today(node: Node) -> date:
    """Return today in the node's time zone."""
    return node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()


def led_by(session: Session, person_id: int) -> frozenset[int]:
    """Return the projects, by the id of their earmark, that a person leads and that go on."""
    query = select(Undertaking.earmark_id).where(Undertaking.ended_at.is_(None), leads(person_id))
    return frozenset(session.scalars(query))


def leads(person_id: int) -> ColumnElement[bool]:
    """Return the condition that a person leads an undertaking."""
    owned = select(Grant.space_id).where(
        Grant.person_id == person_id, Grant.role == OWNER, Grant.space_id.is_not(None)
    )
    return or_(Undertaking.leader_id == person_id, Undertaking.space_id.in_(owned))
