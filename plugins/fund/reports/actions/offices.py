"""Giving and taking the fund's offices: public offices, and never two in one hand."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, members
from .....core.errors import Invalid, Refused
from .....core.models import Grant
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import STEWARD, Message
from ...access import AUDITOR, TREASURER
from ..rules import OFFICE

_NOBODY = Message(
    "We know no member by this address who has confirmed it. Please ask them to join first.", {}
)
_BOTH = Message(
    "Whoever keeps the books may not audit them. Please take the other office from them first, or"
    " ask somebody else.",
    {},
).text
_GIVEN = {
    TREASURER: Message("You are the fund's treasurer now", {}).text,
    AUDITOR: Message("You audit the fund from now on", {}).text,
}
_GIVEN_TEXT = Message("Everyone can read your name as the holder of this office.", {}).text


def give(node: Node, session: Session, office: str, email: str, *, actor_id: int) -> bool:
    """Give an office to a member; return whether they did not hold it yet.

    ``Refused`` if they hold the other one, or would audit what they may book as a steward.
    """
    found = members.find_proven(session, email)
    person = found and members.stays(session, found.id)
    if person is None:
        raise Invalid({"email": [_NOBODY]})
    held = set(
        session.scalars(
            select(Grant.role).where(Grant.person_id == person.id, Grant.space_id.is_(None))
        )
    )
    barred = {TREASURER: {AUDITOR}, AUDITOR: {TREASURER, STEWARD}}[office]
    if held & barred:
        raise Refused(_BOTH)
    now = node.clock.now()
    if not members.grant(session, person.id, office, at=now):
        return False
    audit.record(
        session, "fund.office_given", at=now, person_id=actor_id, subject=("person", person.id),
        office=office,
    )  # fmt: skip
    notice = Notice(
        kind=OFFICE.name, title=Message(_GIVEN[office], {}), text=Message(_GIVEN_TEXT, {}),
        key=f"fund:office:{office}:{person.id}:{now:%Y%m%d%H%M%S}", url="/fund/offices",
    )  # fmt: skip
    tell(node, session, person.id, notice)
    return True


def take(node: Node, session: Session, office: str, person_id: int, *, actor_id: int) -> bool:
    """Take an office from somebody; return whether they held it."""
    if not members.revoke(session, person_id, office):
        return False
    audit.record(
        session, "fund.office_taken", at=node.clock.now(), person_id=actor_id,
        subject=("person", person_id), office=office,
    )  # fmt: skip
    return True
