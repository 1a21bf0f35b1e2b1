"""Programmes as those who keep the fund make them, move them on, and decide."""

from __future__ import annotations

from typing import Any

from flask import render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...access import KEEP
from ...earmarks import queries as money
from ...earmarks.rules import AREA
from ...pages import blueprint
from .. import actions, queries
from ..access import after, last_day, phase, tell, to_programme
from ..models import Programme
from ..rules import Calendar, Call
from ..schemas import CallForm, DecisionForm, ReasonForm

_DAYS = ("ideas_end", "review_end", "deliberation_end", "vote_end", "carrying_end")


def _call(form: Form) -> Call:
    data = {k: v for k, v in form.data.items() if k not in ("version", "idempotency_key")}
    calendar = Calendar(**{name: after(data.pop(name)) for name in _DAYS})
    return Call(**data, calendar=calendar)


def _page(session: Session, found: Programme | None, form: Form) -> Any:
    areas = money.listed(session, AREA)
    page = render_template(
        "fund/programmes/programme_form.html", programme=found, form=form, areas=areas,
        free=money.free(session),
    )  # fmt: skip
    return page, form.status


@blueprint.route("/fund/programmes/new", methods=["GET", "POST"])
@permitted(KEEP)
def new_programme() -> Any:
    """Write a new call; it stays a draft until it is published."""
    node = this_node()
    initial = {
        "per_person": 3, "proposers": "members", "decision": "vote", "idempotency_key":
        node.random.token(12),
    }  # fmt: skip
    form = Form(CallForm(), initial)
    if form.submitted():
        try:
            with node.db.write() as session:
                key = form.data["idempotency_key"] or node.random.token(12)
                made = actions.make(node, session, _call(form), key=key, actor_id=this_member().id)
                programme_id = made.id
            told("The draft is kept. Only those who keep the fund see it until you publish it.")
            return to_programme(programme_id)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        return _page(session, None, form)


@blueprint.route("/fund/programmes/<int:programme_id>/edit", methods=["GET", "POST"])
@permitted(KEEP)
def edit_programme(programme_id: int) -> Any:
    """Change what a call says; once it is published, its rules and its money stay."""
    node = this_node()
    with node.db.read() as session:
        found = queries.the_programme(session, programme_id)
        initial = {name: getattr(found, name) for name in CallForm().fields if name[:5] != "idemp"}
        session.expunge(found)
    form = Form(CallForm(), {**initial, **{name: last_day(initial[name]) for name in _DAYS}})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.change(
                    node, session, programme_id, _call(form), version=form.data["version"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("Saved.")
            return to_programme(programme_id)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        return _page(session, found, form)


@blueprint.post("/fund/programmes/<int:programme_id>/publish")
@permitted(KEEP)
def publish_programme(programme_id: int) -> Response:
    """Let everyone see it and propose."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.publish(node, session, programme_id, actor_id=this_member().id)
        told("It is published. Your neighbours can propose now.")
    except WizzleError as error:
        tell(error)
    return to_programme(programme_id)


@blueprint.route("/fund/programmes/<int:programme_id>/next", methods=["GET", "POST"])
@permitted(KEEP)
def next_phase(programme_id: int) -> Any:
    """End a phase before its date, with the reason that everyone reads."""
    node = this_node()
    with node.db.read() as session:
        found = queries.the_programme(session, programme_id)
        now_in = phase(found)
        session.expunge(found)
    following = {"ideas": "review", "review": "deliberation", "carrying": "closed"}.get(now_in)
    form = Form(ReasonForm())
    if following is None:
        return to_programme(programme_id)
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.move_on(
                    node, session, programme_id, following, reason=form.data["reason"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("The next phase has begun. Those who follow it are told.")
            return to_programme(programme_id)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/programmes/next.html", programme=found, phase=now_in, following=following, form=form
    )
    return page, form.status


@blueprint.post("/fund/programmes/<int:programme_id>/freeze")
@permitted(KEEP)
def freeze_programme(programme_id: int) -> Response:
    """Freeze the list and set the money apart, so that it can be decided about."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.begin_vote(node, session, programme_id, actor_id=this_member().id)
        told("The list is frozen, and the money is set apart.")
    except WizzleError as error:
        tell(error)
    return to_programme(programme_id)


@blueprint.route("/fund/programmes/<int:programme_id>/decide", methods=["GET", "POST"])
@permitted(KEEP)
def decide(programme_id: int) -> Any:
    """Write down what a committee decided, with its reason, and bind the money."""
    node = this_node()
    form = Form(DecisionForm(), {"winners": []})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.bind_by_hand(
                    node, session, programme_id, form.data["winners"],
                    reason=form.data["reason"], actor_id=this_member().id,
                )  # fmt: skip
            told("It is decided, and the money of each project is set apart.")
            return to_programme(programme_id)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        found = queries.the_programme(session, programme_id)
        page = render_template(
            "fund/programmes/decide.html", programme=found, form=form,
            projects=queries.on_ballot(session, programme_id), picked=_picked(form),
        )  # fmt: skip
    return page, form.status


def _picked(form: Form) -> list[str]:
    typed = form.values.get("winners") or []
    return typed if isinstance(typed, list) else [typed]
