"""Questions about an activity, and their answers."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from .....core.auth import attempts
from .....core.errors import TooMany, WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...organisations.access import MEMBER, RUN
from ...organisations.routes.brought import tell
from ...pages import blueprint
from .. import actions
from ..access import own_activity, seen_activity
from ..schemas import AnswerForm, QuestionForm

ASKED = attempts.Limit("board question by", most=20, minutes=24 * 60)


@blueprint.post("/board/activities/<int:activity_id>/ask")
@permitted(MEMBER)
def ask_about(activity_id: int) -> Response:
    """Ask the organisation; the question stands on the page."""
    node, me, form = this_node(), this_member(), Form(QuestionForm())
    try:
        if form.submitted():
            with node.db.write() as session:
                within = attempts.count(session, ASKED, str(me.id), at=node.clock.now())
            if not within:
                raise TooMany("That was a lot in a short time. Please come back tomorrow.")
            with node.db.write() as session:
                seen_activity(session, activity_id)
                actions.ask(
                    node, session, activity_id, form.data["text"],
                    key=form.data["idempotency_key"], person_id=me.id,
                )  # fmt: skip
            told("Your question stands here. We tell you when it is answered.")
        _tell_errors(form)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.activity", activity_id=activity_id, _anchor="questions"))


def _tell_errors(form: Form) -> None:
    for sentence in (each for found in form.errors.values() for each in found):
        flash(sentence, "problem")


@blueprint.post("/board/activities/<int:activity_id>/questions/<int:question_id>/answer")
@permitted(RUN)
def answer_question(activity_id: int, question_id: int) -> Response:
    """Answer a question."""
    node, form = this_node(), Form(AnswerForm())
    try:
        if form.submitted():
            with node.db.write() as session:
                own_activity(session, activity_id)
                actions.answer(
                    node, session, activity_id, question_id, form.data["answer"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("The answer stands here.")
        _tell_errors(form)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.activity", activity_id=activity_id, _anchor=f"q{question_id}"))


@blueprint.post("/board/questions/<int:question_id>/remove")
@permitted(MEMBER)
def remove_question(question_id: int) -> Response:
    """Take one's own question back."""
    node = this_node()
    with node.db.write() as session:
        activity_id = actions.remove_question(
            node, session, question_id, person_id=this_member().id
        )
    told("Your question is gone.")
    return redirect(url_for("board.activity", activity_id=activity_id))
