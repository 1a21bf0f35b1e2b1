"""Mail about rights, written into the outbox by whatever does the step."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import outbox
from ..models import Grant, Person
from ..node import Node
from ..values import STEWARD


def post(
    node: Node, session: Session, *, to: str, language: str, subject: str, text: str, key: str,
    **values: object,
) -> None:  # fmt: skip
    """Write a letter; subject and text are message ids that may use node and ``values``."""
    tongue = node.catalogues.tongue(language)
    named = {"node": node.settings.node.name, **values}
    payload = {
        "to": to,
        "subject": tongue.gettext(subject, **named),
        "text": tongue.gettext(text, **named) + "\n",
    }
    outbox.enqueue(session, "mail", payload, key=f"mail:{key}"[:120], at=node.clock.now())


def address(node: Node, path: str) -> str:
    """Return where a page of this node is found from outside."""
    return node.settings.node.address.rstrip("/") + path


def stewards(session: Session) -> Sequence[Person]:
    """Return those who run the node and are not shut out."""
    query = (
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role == STEWARD, Grant.space_id.is_(None), Person.blocked_at.is_(None))
        .order_by(Person.id)
    )
    return session.scalars(query).all()
