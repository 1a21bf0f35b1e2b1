"""Questions of residents, and answers of the organisation."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import members
from .....core.answers import Keeping
from .....core.errors import Forbidden, NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ...organisations.queries import run_by
from ..models import Activity, Question
from ..rules import MOST_OPEN, QUESTIONS
from .held import is_shown, locked, organisation_of, record


def ask(
    node: Node, session: Session, activity_id: int, text: str, *, key: str, person_id: int
) -> Question:
    """Ask about an activity, once for each ``key``; those who run it are told.

    ``Refused`` while too many questions of the same person wait for an answer.
    """
    members.stays(session, person_id)
    row = locked(session, activity_id)
    space = organisation_of(session, row)
    if not is_shown(row) or space.closed_at is not None:
        raise NotFound("There is no such activity.")
    mine = (Question.activity_id == activity_id, Question.person_id == person_id)
    standing = session.scalars(select(Question).where(*mine, Question.key == key)).one_or_none()
    if standing is not None:
        return standing
    waiting = select(func.count()).where(*mine, Question.answered_at.is_(None))
    if (session.scalar(waiting) or 0) >= MOST_OPEN:
        raise Refused("Some of your questions still wait for an answer. Please wait for it.")
    question = Question(
        activity_id=activity_id, person_id=person_id, key=key, text=text, at=node.clock.now()
    )
    session.add(question)
    session.flush()
    people = run_by(session, space.id) - {person_id}
    tell(node, session, people, _asked(row, question, space))
    record(node, session, "asked", activity_id, person_id)
    return question


def _asked(row: Activity, question: Question, space: Space) -> Notice:
    return _notice(
        row, question, space.name, Message("A question about %(title)s", {"title": row.title}),
        question.text, "asked",
    )  # fmt: skip


def _notice(
    row: Activity, question: Question, heading: str, title: Message, text: str, what: str
) -> Notice:
    return Notice(
        kind=QUESTIONS.name, title=title, text=text,
        url=f"/board/activities/{row.id}#q{question.id}", subject=f"activity:{row.id}",
        heading=heading, key=f"question:{question.id}:{what}",
    )  # fmt: skip


def answer(
    node: Node, session: Session, activity_id: int, question_id: int, text: str, *, actor_id: int
) -> None:
    """Answer a question, or word the answer anew; who asked is told the first time."""
    row = locked(session, activity_id)
    question = _of(session, activity_id, question_id)
    is_first = question.answered_at is None
    question.answer, question.answered_at = text, node.clock.now()
    question.answered_by = actor_id
    session.flush()
    record(node, session, "answered", activity_id, actor_id, question=question_id)
    if is_first:
        name = organisation_of(session, row).name
        title = Message("%(name)s has answered your question", {"name": name})
        tell(node, session, question.person_id, _notice(row, question, name, title, text, "told"))


def remove_question(node: Node, session: Session, question_id: int, *, person_id: int) -> int:
    """Take one's own question back with its answer; return the id of the activity."""
    question = session.get(Question, question_id, with_for_update=True)
    if question is None:
        raise NotFound("There is no such question.")
    if question.person_id != person_id:
        raise Forbidden("Only who asked can take a question back.")
    activity_id = question.activity_id
    session.delete(question)
    session.flush()
    record(node, session, "question_removed", activity_id, person_id)
    return activity_id


def forget_questions(session: Session, person_id: int) -> None:
    """Take away what somebody asked who leaves."""
    session.execute(delete(Question).where(Question.person_id == person_id))


def _of(session: Session, activity_id: int, question_id: int) -> Question:
    question = session.get(Question, question_id, with_for_update=True, populate_existing=True)
    if question is None or question.activity_id != activity_id or question.hidden_at is not None:
        raise NotFound("There is no such question.")
    return question


KEEPINGS = (
    Keeping(
        "questions-to-organisations",
        Message("Questions that you ask organisations about what they do", {}),
        Message("name and question, to everyone", {}),
        Message("until you take it back or close your account", {}),
        Message("our agreement with you (article 15 (1) 4)", {}),
    ),
)
