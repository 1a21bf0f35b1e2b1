"""Certificates: what was confirmed to somebody, under a code by which it can be checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.certificates import CODE_LENGTH, SIGNS
from .....core.errors import Invalid, NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from .....core.values import Message
from ..models import Certificate
from ..queries import confirmed_minutes
from .held import record


@dataclass(frozen=True, slots=True)
class Asked:
    """The days whose hours at one organisation are to be certified, both counted."""

    space_id: int
    since: date
    until: date

    def check(self) -> None:
        """Raise ``Invalid`` for days in the wrong order."""
        if self.until < self.since:
            why = Message("The last day must not come before the first.", {})
            raise Invalid({"until": [why]})


def certify(node: Node, session: Session, person_id: int, asked: Asked, *, key: str) -> Certificate:
    """Issue a certificate to a person, once for each ``key``; ``Refused`` without any hours."""
    asked.check()
    person = members.stays(session, person_id)
    space = session.get(Space, asked.space_id)
    if person is None or space is None or space.kind != "organisation":
        raise NotFound("There is no such page here, or it was closed.")
    query = select(Certificate).where(Certificate.person_id == person_id, Certificate.key == key)
    row = session.scalars(query).one_or_none()
    if row is not None:
        return row
    minutes = confirmed_minutes(session, person_id, space.id, asked.since, asked.until)
    if not minutes:
        raise Refused("No hours are confirmed to you for these days.")
    row = Certificate(
        key=key, code=node.random.code(CODE_LENGTH, SIGNS), space_id=space.id,
        person_id=person_id, name=person.name, organisation=space.name, since=asked.since,
        until=asked.until, minutes=minutes, issued_at=node.clock.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    record(node, session, "certificate.issued", ("certificate", row.id), person_id)
    return row


def withdraw_certificate(node: Node, session: Session, code: str, *, person_id: int) -> None:
    """Let one's own certificate stand no longer."""
    query = select(Certificate).where(Certificate.code == code, Certificate.person_id == person_id)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise NotFound("There is no such certificate.")
    row.withdrawn_at = row.withdrawn_at or node.clock.now()
    session.flush()
    record(node, session, "certificate.withdrawn", ("certificate", row.id), person_id)
