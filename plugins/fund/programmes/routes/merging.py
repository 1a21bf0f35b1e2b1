"""Making one proposal of several, with all their authors agreeing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, WizzleError
from .....core.web import Form, can, permitted, this_member, this_node, this_viewer, told
from ...access import KEEP, TAKE_PART
from ...pages import blueprint
from .. import actions, queries
from ..access import is_author, seen_proposal, tell, to_proposal
from ..schemas import MergingForm


@blueprint.route("/fund/proposals/<int:proposal_id>/merge", methods=["GET", "POST"])
@permitted(TAKE_PART)
def merge_proposal(proposal_id: int) -> Any:
    """Suggest to make one of this proposal and others."""
    node = this_node()
    with node.db.read() as session:
        row = seen_proposal(session, proposal_id)
        if not is_author(row, this_viewer()) and not can(KEEP):
            raise Forbidden("Only the author of one of them can suggest this.")
        others = [
            each for each in queries.mergeable(session, row.programme_id) if each.id != proposal_id
        ]
    initial = {
        "title": row.title, "summary": row.summary, "asked": row.asked, "parts": [],
        "idempotency_key": node.random.token(12),
    }  # fmt: skip
    form = Form(MergingForm(), initial)
    if form.submitted():
        try:
            data = form.data
            with node.db.write() as session:
                actions.suggest_merging(
                    node, session, row.programme_id, [proposal_id, *data["parts"]],
                    title=data["title"], summary=data["summary"], asked=data["asked"],
                    key=data["idempotency_key"] or node.random.token(12),
                    actor_id=this_member().id, reviews=can(KEEP),
                )  # fmt: skip
            told("Suggested. The authors are asked; they are merged once all agree.")
            return to_proposal(proposal_id)
        except WizzleError as error:
            form.failed(error)
    typed = form.values.get("parts") or []
    page = render_template(
        "fund/programmes/merge.html", proposal=row, others=others, form=form,
        picked=typed if isinstance(typed, list) else [typed],
    )  # fmt: skip
    return page, form.status


def _answer(merging_id: int, step: Callable[..., Any], done: str) -> Response:
    node = this_node()
    merged = None
    try:
        with node.db.write() as session:
            merged = step(node, session, merging_id, person_id=this_member().id)
        told(done)
    except WizzleError as error:
        tell(error)
    return to_proposal(merged) if merged else redirect(url_for("fund.programmes"))


@blueprint.post("/fund/mergings/<int:merging_id>/agree")
@permitted(TAKE_PART)
def agree_merging(merging_id: int) -> Response:
    """Agree that one's own proposal becomes a part of another."""
    return _answer(merging_id, actions.agree, "You have agreed. They are merged once all agree.")


@blueprint.post("/fund/mergings/<int:merging_id>/decline")
@permitted(TAKE_PART)
def decline_merging(merging_id: int) -> Response:
    """Keep one's own proposal as it is."""
    return _answer(merging_id, actions.decline, "The proposals stay apart.")
