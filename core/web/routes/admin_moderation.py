"""The stewards' queue: what people reported, what is to be decided, and appeals."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ... import moderation
from ...errors import NotFound, WizzleError
from ...moderation import queries, rules
from ...moderation.actions import Decision
from ..forms import Form
from ..page import permitted, this_member, this_node, told
from ..schemas import AppealDecisionForm, DecisionForm
from .base import blueprint
from .measures import kind_names

MOST = 100
_WORDS = {"reasons": rules.REASONS, "measure_names": rules.MEASURES}


@blueprint.get("/admin/reports")
@permitted("core.moderate")
def admin_reports() -> Any:
    """List the things that were reported and the appeals that wait, what is due first at the
    head."""
    node = this_node()
    with node.db.read() as session:
        things = queries.open_things(session, limit=MOST)
        appeals = queries.open_appeals(session, limit=MOST)
        return render_template(
            "core/admin_reports.html", things=things, appeals=appeals, now=node.clock.now(),
            kinds=kind_names(), **_WORDS,
        )  # fmt: skip


@blueprint.route("/admin/reports/<subject>", methods=["GET", "POST"])
@permitted("core.moderate")
def admin_report(subject: str) -> Any:
    """Show what was reported of a thing, and decide about it."""
    node, form = this_node(), Form(DecisionForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                decision = Decision(**form.data)
                moderation.actions.decide(node, session, this_member(), subject, decision)
            told("Decided. Both sides get a letter.")
            return redirect(url_for("core.admin_reports"))
        except NotFound:
            raise
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        thing = moderation.thing_of(node, session, subject)
        reports = queries.open_reports(session, subject)
        past = queries.measures_of(session, subject)
        if thing is None and not (reports or past):
            raise NotFound("There is no such thing here any more.")
        page = render_template(
            "core/admin_report.html", subject=subject, thing=thing, reports=reports, past=past,
            form=form, now=node.clock.now(), **_WORDS,
        )  # fmt: skip
    return page, form.status


@blueprint.post("/admin/measures/<int:measure_id>/lift")
@permitted("core.moderate")
def lift_measure(measure_id: int) -> Response:
    """End a measure before its time."""
    node = this_node()
    with node.db.write() as session:
        measure = moderation.actions.lift(
            node, session, this_member(), measure_id, request.form.get("text", "")
        )
        subject = measure.subject
    told("The measure has ended.")
    return redirect(url_for("core.admin_report", subject=subject))


@blueprint.route("/admin/appeals/<int:measure_id>", methods=["GET", "POST"])
@permitted("core.moderate")
def admin_appeal(measure_id: int) -> Any:
    """Show an appeal with what was decided, and decide about it."""
    node, form = this_node(), Form(AppealDecisionForm())
    with node.db.read() as session:
        measure, appeal = (
            queries.measure_of(session, measure_id), queries.appeal_of(session, measure_id),
        )  # fmt: skip
        if measure is None or appeal is None:
            raise NotFound("There is no such appeal.")
        session.expunge_all()
        why = rules.may_decide_appeal(
            this_member().id, first=measure.person_id, appellant=appeal.person_id,
            stewards=queries.stewards(session),
        )  # fmt: skip
    if form.submitted():
        try:
            with node.db.write() as session:
                moderation.actions.decide_appeal(
                    node, session, this_member(), appeal.id, **form.data
                )
            told("Decided. Both sides get a letter.")
            return redirect(url_for("core.admin_reports"))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "core/admin_appeal.html", measure=measure, appeal=appeal, form=form, why=why, **_WORDS
    )
    return page, form.status
