"""Mail to stewards about the books between nodes, each in their own language."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import outbox
from .....core.models import Grant, Person
from .....core.node import Node
from .....core.values import STEWARD, Message
from ..models import NettingStatement

_SENTENCES = {
    "rejected": Message(
        "The other node does not agree with our statement of this month. What it lacks was said "
        "again; please look whether both books say the same tomorrow.",
        {},
    ),
    "not_agreed": Message(
        "We do not agree with the other node's statement of this month. What it lacks was said "
        "again; please look whether both books say the same tomorrow.",
        {},
    ),
    "given_up": Message(
        "For ten days the two nodes have not agreed on this month. Please call them and compare "
        "the books.",
        {},
    ),
}


def tell_stewards(
    node: Node, session: Session, host: str, month: str, what: str,
    statement: NettingStatement | None = None,
) -> None:  # fmt: skip
    """Tell the stewards once of each month and kind that two books do not say the same."""
    path = f"/trade/statements/{statement.id}" if statement is not None else f"/trade/books/{host}"
    for person in _stewards(session):
        say = node.catalogues.tongue(person.language).gettext
        text = [
            say(_SENTENCES[what].text),
            "",
            f"{node.settings.node.address}{path}",
            node.settings.node.name,
        ]
        subject = say("The books with %(host)s differ: %(month)s", host=host, month=month)
        key = f"trade:statement:{month}:{what}:{person.id}:{host}"[:120]
        mail = {"to": person.email, "subject": subject, "text": "\n".join(text)}
        outbox.enqueue(session, "mail", mail, key=key, at=node.clock.now())


def _stewards(session: Session) -> list[Any]:
    on_the_node = (Grant.role == STEWARD) & Grant.space_id.is_(None)
    return list(
        session.execute(
            select(Person.id, Person.email, Person.language)
            .join(Grant, Grant.person_id == Person.id)
            .where(on_the_node, Person.blocked_at.is_(None))
            .order_by(Person.id)
        )
    )
