"""Giving a project to somebody else to lead: people move away, and the project goes on."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import audit, members
from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.values import Message
from .. import queries
from .telling import tell

_YOURS = Message("You lead a project of the fund now: %(title)s", {}).text
_HOW = Message(
    "On its page you show what is reached, and write how it goes. If this is a mistake, please tell"
    " the treasurer.", {},
)  # fmt: skip


def hand_over(node: Node, session: Session, earmark_id: int, email: str, *, actor_id: int) -> None:
    """Let the member with this address lead a project; ``Invalid`` if there is none."""
    found = queries.undertaking(session, earmark_id)
    session.refresh(found, with_for_update=True)
    if found.ended_at is not None:
        raise Refused("This project has ended.")
    person = members.find_proven(session, email)
    if person is None:
        raise Invalid({"email": [Message("Nobody here has this address.", {})]})
    found.leader_id = person.id
    session.flush()
    audit.record(
        session, "fund.handed_over", at=node.clock.now(), person_id=actor_id,
        subject=("project", earmark_id), leader=person.id,
    )  # fmt: skip
    key = f"leads:{person.id}:{int(node.clock.now().timestamp())}"
    tell(node, session, [person.id], found, _YOURS, _HOW, key=key)
