"""Who holds the fund's offices: a public thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.models import Grant, Person
from ...access import OFFICES


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds an office, by name."""

    person_id: int
    name: str
    office: str
    since: datetime


def holders(session: Session) -> list[Holder]:
    """Return who holds an office of the fund, those who hold it longest first."""
    rows = session.execute(
        select(Person.id, Person.name, Grant.role, Grant.granted_at)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role.in_(OFFICES), Grant.space_id.is_(None))
        .order_by(Grant.id)
        .limit(100)
    )
    return [Holder(*row) for row in rows]
