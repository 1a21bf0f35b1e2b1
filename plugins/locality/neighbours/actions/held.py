"""A person held for a change of what is theirs alone: two windows of one person meet here."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import Refused
from .....core.models import Person


def held(session: Session, person_id: int) -> Person:
    """Return somebody who is here, and let nobody else change what is theirs meanwhile.

    Rows that only name them need not wait, so that two who confirm each other do not wait in a
    circle. To be taken first, and not after ``members.stays``: a lock that is raised waits for
    another that does the same.
    """
    query = select(Person).where(Person.id == person_id).with_for_update(key_share=True)
    person = session.scalars(query.execution_options(populate_existing=True)).one()
    if members.has_left(person):
        raise Refused("This account was closed.")
    return person
