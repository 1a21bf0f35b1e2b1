"""Leaving a rule aside, with a reason that everyone reads; and who leads a project."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session

from .....core.errors import Invalid, WizzleError
from .....core.language import won
from .....core.values import Message
from .....core.web import Form, permitted, say, this_member, this_node, this_tongue, told
from ...access import KEEP
from ...pages import blueprint
from .. import actions, queries
from ..models import Milestone
from ..rules import LATER, NO_REPORT, PAY_EARLY
from ..schemas import LeaderForm, OverrideForm


@blueprint.route("/fund/projects/<int:earmark_id>/override", methods=["GET", "POST"])
@permitted(KEEP)
def override(earmark_id: int) -> Any:
    """Leave a rule aside for a project."""
    node = this_node()
    with node.db.read() as session:
        found = queries.undertaking(session, earmark_id)
        name, choices = found.title, _choices(session, earmark_id)
    form = Form(OverrideForm(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            with node.db.write() as session:
                _act(session, earmark_id, form.data)
            told("It is written down with its reason, for everyone to read.")
            return redirect(url_for("fund.project", earmark_id=earmark_id, _anchor="overrides"))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/carrying/override.html", form=form, earmark_id=earmark_id, name=name,
        choices=choices,
    )  # fmt: skip
    return page, form.status


def _choices(session: Session, earmark_id: int) -> list[tuple[str, str]]:
    """Return the steps and reports that are still open, with what people call them."""
    language = this_tongue().language
    steps = [
        (f"step:{each.id}", f"{each.title} ({won(each.amount, language)})")
        for each in queries.milestones(session, earmark_id)
        if each.accepted_at is None
    ]
    reports = [
        (f"report:{each.id}", say("Report due on %(day)s", day=str(each.due_on)))
        for each in queries.reports(session, earmark_id)
        if each.given_at is None
    ]
    return steps + reports


def _act(session: Session, earmark_id: int, typed: dict[str, Any]) -> None:
    node, (kind, _, number) = this_node(), typed["of"].partition(":")
    said: dict[str, Any] = {
        "reason": typed["reason"], "key": typed["idempotency_key"], "actor_id": this_member().id,
    }  # fmt: skip
    if typed["what"] == NO_REPORT:
        actions.excuse_report(node, session, earmark_id, **said)
    elif not kind:
        raise Invalid({"of": [Message("Please choose what it is about.", {})]})
    elif typed["what"] == PAY_EARLY:
        if kind != "step":
            raise Invalid({"of": [Message("Please choose a milestone.", {})]})
        step = queries.of_project(session, Milestone, earmark_id, int(number))
        actions.pay_early(node, session, step.id, typed["amount"], **said)
    elif typed["what"] == LATER:
        if typed["day"] is None:
            raise Invalid({"day": [Message("Please choose a later day.", {})]})
        which: dict[str, Any] = {"milestone_id" if kind == "step" else "report_id": int(number)}
        actions.put_off(node, session, earmark_id, typed["day"], **said, **which)


@blueprint.route("/fund/projects/<int:earmark_id>/leader", methods=["GET", "POST"])
@permitted(KEEP)
def project_leader(earmark_id: int) -> Any:
    """Give a project to somebody else to lead."""
    node = this_node()
    with node.db.read() as session:
        name = queries.undertaking(session, earmark_id).title
    form = Form(LeaderForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.hand_over(
                    node, session, earmark_id, form.data["email"], actor_id=this_member().id
                )
            told("They are told that they lead this project now.")
            return redirect(url_for("fund.project", earmark_id=earmark_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("fund/carrying/leader.html", form=form, earmark_id=earmark_id, name=name)
    return page, form.status
