"""What those who lead a project do: show a milestone, and write a report."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core import pictures
from .....core.errors import Forbidden, NotFound, WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...access import TAKE_PART
from ...pages import blueprint
from .. import actions, queries
from ..actions import Evidence
from ..models import CarryingReport, Milestone
from ..schemas import EvidenceForm, ReportForm


@blueprint.route(
    "/fund/projects/<int:earmark_id>/steps/<int:milestone_id>", methods=["GET", "POST"]
)
@permitted(TAKE_PART)
def show_step(earmark_id: int, milestone_id: int) -> Any:
    """Show a milestone as reached, with words and a picture or a link."""
    node = this_node()
    with node.db.read() as session:
        found = _led(session, earmark_id)
        step = queries.of_project(session, Milestone, earmark_id, milestone_id)
        initial = {"evidence": step.evidence, "link": step.link}
        title, asked, amount = step.title, step.asked, step.amount
        name, has_picture = found.title, step.evidence_picture_id is not None
    form = Form(EvidenceForm(), initial)
    if form.submitted():
        try:
            brought = _picture()
            with node.db.write() as session:
                actions.show(
                    node, session, milestone_id,
                    Evidence(form.data["evidence"], form.data["link"], brought),
                    actor_id=this_member().id,
                )  # fmt: skip
            told("It is shown. The treasurer looks at it, and you are told.")
            return redirect(url_for("fund.project", earmark_id=earmark_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/carrying/show.html", form=form, earmark_id=earmark_id, name=name, title=title,
        asked=asked, amount=amount, has_picture=has_picture,
    )  # fmt: skip
    return page, form.status


def _picture() -> pictures.Prepared | None:
    sent = request.files.get("picture")
    data = sent.stream.read(pictures.MOST_BYTES + 1) if sent else b""
    return pictures.prepare(data) if data else None


@blueprint.route("/fund/projects/<int:earmark_id>/reports/<int:report_id>", methods=["GET", "POST"])
@permitted(TAKE_PART)
def write_report(earmark_id: int, report_id: int) -> Any:
    """Write how a project goes."""
    node = this_node()
    with node.db.read() as session:
        name = _led(session, earmark_id).title
        row = queries.of_project(session, CarryingReport, earmark_id, report_id)
        due_on = row.due_on
    form = Form(ReportForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.report(
                    node, session, report_id, form.data["text"], actor_id=this_member().id
                )
            told("Thank you. Everyone can read your report now.")
            return redirect(url_for("fund.project", earmark_id=earmark_id, _anchor="reports"))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/carrying/report.html", form=form, earmark_id=earmark_id, name=name, due_on=due_on
    )
    return page, form.status


def _led(session: Any, earmark_id: int) -> Any:
    """Return a project that the viewer leads; 403 else."""
    found = queries.undertaking(session, earmark_id)
    if this_member().id not in queries.leaders(session, found):
        raise Forbidden("Only those who lead this project do this.")
    if found.ended_at is not None:
        raise NotFound("This project has ended.")
    return found
