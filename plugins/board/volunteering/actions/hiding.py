"""Calls that stewards keep from being seen, and pages that close."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import search
from .....core.answers import Thing
from .....core.facts import ThingHidden
from .....core.node import Node
from .....core.values import Message
from ...activities.rules import number_of
from ...organisations.queries import run_by
from ..models import Call
from ..rules import KIND
from .held import tell_others


def thing(session: Session, subject: str) -> Thing | None:
    """Return the call that a subject names; drafts are nobody's concern."""
    row = session.get(Call, number_of(subject, KIND) or 0)
    if row is None or row.published_at is None:
        return None
    return Thing(
        subject, Message("Call for volunteers", {}), row.title, f"/board/calls/{row.id}",
        run_by(session, row.space_id),
    )  # fmt: skip


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Hide a call, or show it again; who has a place keeps it."""
    number = number_of(fact.subject, KIND)
    if number is None:
        return
    row = session.get(Call, number, with_for_update=True, populate_existing=True)
    if row is not None and fact.hidden is (row.hidden_at is None):
        row.hidden_at = node.clock.now() if fact.hidden else None
        tell_others(node, session, row)


def space_changed(session: Session, space_id: int) -> None:
    """Let an organisation's calls be found as its page is: closed, open, by another name."""
    query = select(Call.id).where(Call.space_id == space_id, Call.published_at.is_not(None))
    for call_id in session.scalars(query):
        search.changed(session, "call", call_id)
