"""Activities and questions that stewards keep from being seen, and pages that close."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import search
from .....core.answers import Thing
from .....core.facts import ThingHidden
from .....core.node import Node
from .....core.values import Message
from ...organisations.queries import run_by
from ..models import Activity, Question
from ..rules import KIND, QUESTION, number_of
from .held import tell_others


def thing(session: Session, subject: str) -> Thing | None:
    """Return the activity or question that a subject names; drafts are nobody's concern."""
    activity = session.get(Activity, number_of(subject, KIND) or 0)
    if activity is not None and activity.published_at is not None:
        return Thing(
            subject, Message("Activity", {}), activity.title, f"/board/activities/{activity.id}",
            run_by(session, activity.space_id),
        )  # fmt: skip
    question = session.get(Question, number_of(subject, QUESTION) or 0)
    if question is None:
        return None
    return Thing(
        subject, Message("Question", {}), question.text[:80],
        f"/board/activities/{question.activity_id}#q{question.id}",
        frozenset({question.person_id}),
    )  # fmt: skip


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Hide an activity or a question, or show it again."""
    at = node.clock.now() if fact.hidden else None
    question = _held(session, Question, number_of(fact.subject, QUESTION))
    if question is not None:
        question.hidden_at = at
    activity = _held(session, Activity, number_of(fact.subject, KIND))
    if activity is not None and fact.hidden is (activity.hidden_at is None):
        activity.hidden_at = at
        tell_others(node, session, activity)


def _held(session: Session, model: type[Any], number: int | None) -> Any:
    if number is None:
        return None
    return session.get(model, number, with_for_update=True, populate_existing=True)


def space_changed(session: Session, space_id: int) -> None:
    """Let an organisation's activities be found as its page is: closed, open, by another name."""
    for activity_id in session.scalars(
        select(Activity.id).where(Activity.space_id == space_id, Activity.published_at.is_not(None))
    ):
        search.changed(session, KIND, activity_id)
