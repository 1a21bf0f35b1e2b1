"""The steward's room for requests about data: which wait until when, and their answers."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy import select

from ...errors import WizzleError
from ...models import DataRequest
from ...rights import answering, requests
from ..forms import Form
from ..page import permitted, this_member, this_node, told
from ..paging import asked_number, paged
from ..schemas import AnswerRequest
from ..words import REQUEST_KINDS, REQUEST_STEPS
from .base import blueprint

SIZE = 30


@blueprint.get("/admin/requests")
@permitted("core.admin")
def admin_requests() -> Any:
    """List those that wait, the most urgent first, and then those that have ended."""
    node = this_node()
    standing = select(DataRequest).where(DataRequest.state.in_(requests.STANDING))
    ended = select(DataRequest).where(DataRequest.ended_at.is_not(None))
    before = asked_number("before")
    if before is not None:
        ended = ended.where(DataRequest.id < before)
    with node.db.read() as session:
        waiting = session.scalars(standing.order_by(DataRequest.due_at).limit(200)).all()
        rows = session.scalars(ended.order_by(DataRequest.id.desc()).limit(SIZE + 1)).all()
        last = str(rows[:SIZE][-1].id) if rows else None
        return render_template(
            "core/admin_requests.html", waiting=waiting, now=node.clock.now(),
            page=paged(rows, SIZE, last, "before"), kinds=REQUEST_KINDS,
        )  # fmt: skip


@blueprint.route("/admin/requests/<int:request_id>", methods=["GET", "POST"])
@permitted("core.admin")
def admin_request(request_id: int) -> Any:
    """Show a request with all its steps, and take its answer."""
    node = this_node()
    form = Form(AnswerRequest())
    if form.submitted():
        try:
            with node.db.write() as session:
                answering.answer(session, node, this_member(), request_id, **form.data)
            told("The answer is on its way by e-mail.")
            return redirect(url_for("core.admin_requests"))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        found = requests.the_request(session, request_id)
        page = render_template(
            "core/admin_request.html", found=found, steps=requests.steps(session, request_id),
            form=form, kinds=REQUEST_KINDS, step_words=REQUEST_STEPS, now=node.clock.now(),
        )  # fmt: skip
    return page, form.status


@blueprint.post("/admin/requests/<int:request_id>/take-up")
@permitted("core.admin")
def take_up_request(request_id: int) -> Any:
    """Note that somebody works on it."""
    with this_node().db.write() as session:
        answering.take_up(session, this_node(), this_member(), request_id)
    return redirect(url_for("core.admin_request", request_id=request_id))
