"""Reviewing applications: notes among stewards, and the steps that its people are told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.values import Message
from ..rules.calls import REFUSED, WITHDRAWN, may_become
from .held import locked, note
from .letters import tell_applicant


def add_note(
    node: Node, session: Session, application_id: int, text: str, *, actor_id: int
) -> None:
    """Write down what stewards want to remember; nobody else reads it."""
    application = locked(session, application_id)
    note(session, application.id, "", text, at=node.clock.now(), actor_id=actor_id)


def move_on(
    node: Node, session: Session, application_id: int, state: str, *, words: str, actor_id: int
) -> None:
    """Bring an application into a state and tell its people, with ``words``.

    A refusal says why. Twice the same changes nothing. Refused where the step is not possible.
    """
    application = locked(session, application_id)
    if application.state == state:
        return
    if state == WITHDRAWN or not may_become(application.state, state):
        raise Refused("This step is not possible any more. Please look at it again.")
    if state == REFUSED and not words.strip():
        raise Invalid({"words": [Message("Please say why; they are told so.", {})]})
    now = node.clock.now()
    application.state, application.changed_at = state, now
    application.reason = words.strip() if state == REFUSED else ""
    note(session, application.id, state, words.strip(), at=now, actor_id=actor_id)
    tell_applicant(node, session, application, words.strip())
    audit.record(
        session, "locality.application.moved", at=now, person_id=actor_id,
        subject=("application", application.id), state=state,
    )  # fmt: skip
