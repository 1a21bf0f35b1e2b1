"""Applications as those who run the node review them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import WizzleError
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...pages import blueprint
from ..actions import reviewing
from ..queries import calls as queries
from ..rules.calls import KINDS, OPEN_STATES, STATES, next_by_stewards
from ..rules.provinces import BY_KEY
from ..schemas import NoteForm, StepForm

REVIEW = "locality.call.review"


@blueprint.get("/network/applications")
@permitted(REVIEW)
def applications() -> str:
    """List what was applied for: what is open, or in the state that is asked for."""
    node = this_node()
    asked = request.args.get("state", "")
    states = [asked] if asked in STATES else sorted(OPEN_STATES)
    with node.db.read() as session:
        rows = queries.applications(session, states, before=asked_number())
        numbers = queries.numbers(session)
    last = rows[: queries.SIZE][-1].id if rows else None
    return render_template(
        "locality/network/applications.html", page=paged(rows, queries.SIZE, str(last)),
        states=STATES, kinds=KINDS, numbers=numbers, asked=asked, provinces=BY_KEY,
        number_open=sum(numbers.get(each, 0) for each in OPEN_STATES),
    )  # fmt: skip


@blueprint.route("/network/applications/<int:application_id>", methods=["GET", "POST"])
@permitted(REVIEW)
def application(application_id: int) -> Any:
    """Show an application with all steps and notes; a form for each of both."""
    node, noting = this_node(), request.form.get("form") == "note"
    note, step = Form(NoteForm()), Form(StepForm())
    form = note if noting else step
    if form.submitted():
        try:
            with node.db.write() as session:
                _do(session, application_id, form.data, noting=noting)
            if noting:
                told("Saved.")
            else:
                told("Saved. They are told by mail.")
            return redirect(url_for("locality.application", application_id=application_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        found = queries.the_application(session, application_id)
        page = render_template(
            "locality/network/application.html", application=found, note=note, step=step,
            call=queries.the_call(session, found.call_id, drafts=True), kinds=KINDS,
            steps=queries.steps(session, found.id, notes=True), states=STATES,
            choices=next_by_stewards(found.state), province=BY_KEY.get(found.province),
        )  # fmt: skip
    return page, form.status


def _do(session: Any, application_id: int, typed: dict[str, Any], *, noting: bool) -> None:
    node, actor = this_node(), this_member().id
    if noting:
        reviewing.add_note(node, session, application_id, typed["text"], actor_id=actor)
    else:
        reviewing.move_on(
            node, session, application_id, typed["state"], words=typed["words"], actor_id=actor
        )
