"""Reporting a thing to the stewards: by members, and by strangers who leave an address."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ... import members, moderation
from ...auth import attempts
from ...errors import NotFound, TooMany, WizzleError
from ...moderation.actions import Reporter, Told
from ..forms import Form
from ..identity import this_device
from ..page import permitted, this_node, this_tongue, this_viewer, told
from ..schemas import MemberReport, StrangerReport
from .base import blueprint

BY_MEMBER = attempts.Limit("report by", most=20, minutes=24 * 60)
FROM_PLACE = attempts.Limit("report from", most=6, minutes=60)
TO_ADDRESS = attempts.Limit("report to", most=3, minutes=24 * 60)
"""Bounds for members, for strangers of one place, and for letters to one address."""


@blueprint.route("/report", methods=["GET", "POST"])
@permitted("core.report")
def report() -> Any:
    """Tell the stewards what is wrong with a thing."""
    node, subject = this_node(), request.args.get("subject", "")[:60]
    if not subject:  # what is to be reported stands on its own page, with the way here
        return redirect(url_for("core.measures"))
    with node.db.read() as session:
        thing = moderation.thing_of(node, session, subject)
    if thing is None:
        raise NotFound("There is no such thing here any more.")
    form = Form(MemberReport() if this_viewer() else StrangerReport(), {"kind": "report"})
    if form.submitted():
        try:
            _report(subject, form.data)
            told("Thank you. The people who run this node look at it and write to you.")
            return redirect(url_for("core.measures"))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "core/report.html", thing=thing, form=form, reasons=moderation.rules.REASONS
    )
    return page, form.status


def _report(subject: str, typed: dict[str, Any]) -> None:
    node, viewer = this_node(), this_viewer()
    _count(typed.get("email", ""))
    reporter = Reporter(
        person_id=viewer.id if viewer else None,
        language=viewer.language if viewer else this_tongue().language,
        name=typed.get("name", ""),
        email=members.email_form(typed.get("email", "")),
    )
    what = Told(typed["kind"], typed["reason"], typed["text"])
    with node.db.write() as session:
        moderation.actions.report(node, session, reporter, subject, what)


def _count(email: str) -> None:
    """Count one more report and refuse it if there were too many, in a transaction of its own."""
    node, viewer = this_node(), this_viewer()
    tries = [(BY_MEMBER, str(viewer.id))] if viewer else [
        (FROM_PLACE, attempts.network(this_device().address)),
        (TO_ADDRESS, members.email_form(email)),
    ]  # fmt: skip
    with node.db.write() as session:
        now = node.clock.now()
        within = [attempts.count(session, limit, who, at=now) for limit, who in tries]
    if not all(within):
        raise TooMany("That was a lot of reports in a short time. Please come back later.")
