"""Who those were that have left: kept apart while a law wants it, and looked up only for a reason.

PIPA article 21 (3): what another law wants kept is stored separately from other data.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .. import audit
from ..errors import NotFound
from ..members import LEFT, email_form
from ..models import KeptApart, Person
from ..node import Node
from ..values import Viewer
from .keepings import keepings

NOBODY = f"nobody{LEFT}"
"""The address of the account to which things are tied whose person is to be forgotten."""


def put_apart(session: Session, node: Node, person: Person) -> None:
    """Keep who somebody is that leaves, if anything of theirs has to stay; told before the account
    is emptied."""
    ends = {
        name: each.until(last)
        for name, each in keepings(node)
        if each.last is not None and (last := each.last(session, person.id)) is not None
    }
    now = node.clock.now()
    waiting = {name: end for name, end in ends.items() if end > now}
    if waiting:
        session.add(
            KeptApart(
                person_id=person.id, name=person.name, email=person.email, phone=person.phone,
                because=" ".join(sorted(waiting))[:200], left_at=now, until=max(waiting.values()),
            )
        )  # fmt: skip


def look_up(
    session: Session, node: Node, viewer: Viewer, *, email: str, reason: str
) -> list[KeptApart]:
    """Return whoever had this address when they left; that it was looked up is written down with
    the reason, whether anybody is found or not."""
    query = select(KeptApart).where(KeptApart.email == email_form(email))
    found = list(session.scalars(query.order_by(KeptApart.left_at.desc())))
    for each in found or (None,):
        audit.record(
            session, "kept.looked_up", at=node.clock.now(), person_id=viewer.id,
            subject=("person", each.person_id if each else None), reason=reason,
        )  # fmt: skip
    return found


def take_out(
    session: Session, node: Node, viewer: Viewer, person_id: int, *, reason: str
) -> KeptApart:
    """Return one of them whose remaining data are handed out; written down with the reason."""
    found = session.get(KeptApart, person_id)
    if found is None:
        raise NotFound("Nothing is kept of this person any more.")
    audit.record(
        session, "kept.taken_out", at=node.clock.now(), person_id=viewer.id,
        subject=("person", person_id), reason=reason,
    )  # fmt: skip
    return found


def nobody(session: Session, at: datetime) -> int:
    """Return the id of the account that is nobody's: what is tied to it tells of no one."""
    query = select(Person.id).where(Person.email == NOBODY)
    found = session.scalar(query)
    if found is not None:
        return found
    person = Person(
        email=NOBODY, name="-", password_hash="-",  # noqa: S106 opens to no password
        language="ko", created_at=at, blocked_at=at,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(person)
            session.flush()
    except IntegrityError:  # another process was faster
        return session.scalars(query).one()
    return person.id
