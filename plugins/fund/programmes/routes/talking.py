"""Sympathy with proposals, and questions and answers under them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...access import TAKE_PART
from ...pages import blueprint
from .. import actions
from ..access import own_proposal, seen_proposal, tell, to_proposal
from ..models import ProposalQuestion
from ..schemas import AnswerForm, QuestionForm


def _step(proposal_id: int, step: Callable[..., Any], done: str) -> Response:
    node = this_node()
    try:
        with node.db.write() as session:
            step(node, session, proposal_id, person_id=this_member().id)
        told(done)
    except WizzleError as error:
        tell(error)
    return to_proposal(proposal_id)


@blueprint.post("/fund/proposals/<int:proposal_id>/support")
@permitted(TAKE_PART)
def support_proposal(proposal_id: int) -> Response:
    """Show sympathy with a proposal."""
    return _step(proposal_id, actions.support, "Thank you. Your sympathy is a sign, not a vote.")


@blueprint.post("/fund/proposals/<int:proposal_id>/unsupport")
@permitted(TAKE_PART)
def unsupport_proposal(proposal_id: int) -> Response:
    """Take one's sympathy back."""
    return _step(proposal_id, actions.unsupport, "You have taken it back.")


@blueprint.route("/fund/proposals/<int:proposal_id>/ask", methods=["GET", "POST"])
@permitted(TAKE_PART)
def ask_about_proposal(proposal_id: int) -> Any:
    """Ask the author in public."""
    node = this_node()
    with node.db.read() as session:
        row = seen_proposal(session, proposal_id)
    form = Form(QuestionForm(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            with node.db.write() as session:
                key = form.data["idempotency_key"] or node.random.token(12)
                actions.ask(
                    node, session, proposal_id, form.data["text"], key=key,
                    person_id=this_member().id,
                )  # fmt: skip
            told("Your question stands under the proposal. Its author is told.")
            return to_proposal(proposal_id, "questions")
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/programmes/ask.html", proposal=row, form=form), form.status


@blueprint.route("/fund/proposal-questions/<int:question_id>/answer", methods=["GET", "POST"])
@permitted(TAKE_PART)
def answer_proposal_question(question_id: int) -> Any:
    """Answer a question about one's own proposal."""
    node = this_node()
    with node.db.read() as session:
        question = session.get(ProposalQuestion, question_id)
        if question is None or question.hidden_at is not None:
            raise NotFound("There is no such question.")
        row = own_proposal(session, question.proposal_id)
        session.expunge(question)
    form = Form(AnswerForm(), {"text": question.answer})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.answer_question(
                    node, session, question_id, form.data["text"], person_id=this_member().id
                )
            told("Your answer stands under the question.")
            return to_proposal(row.id, "questions")
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/programmes/answer.html", proposal=row, question=question, form=form
    )
    return page, form.status


@blueprint.post("/fund/proposal-questions/<int:question_id>/remove")
@permitted(TAKE_PART)
def remove_proposal_question(question_id: int) -> Response:
    """Take one's own question back."""
    node = this_node()
    with node.db.write() as session:
        proposal_id = actions.remove_question(
            node, session, question_id, person_id=this_member().id
        )
    told("You have taken it back.")
    return to_proposal(proposal_id, "questions")


@blueprint.route("/fund/proposals/<int:proposal_id>/answer", methods=["GET", "POST"])
@permitted(TAKE_PART)
def answer_proposal_review(proposal_id: int) -> Any:
    """Answer the review of one's own proposal, once."""
    node = this_node()
    with node.db.read() as session:
        row = own_proposal(session, proposal_id)
    form = Form(AnswerForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.answer_review(
                    node, session, proposal_id, form.data["text"], person_id=this_member().id
                )
            told("Your answer stands under the review. The reviewers are told.")
            return to_proposal(proposal_id)
        except WizzleError as error:
            form.failed(error)
    page = render_template("fund/programmes/answer.html", proposal=row, question=None, form=form)
    return page, form.status
