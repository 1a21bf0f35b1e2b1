"""Open calls: read by everyone, written by stewards, answered by groups."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core import members
from .....core.auth import attempts
from .....core.errors import NotFound, TooMany, WizzleError
from .....core.web import (
    Form,
    can,
    permitted,
    this_member,
    this_node,
    this_tongue,
    this_viewer,
    told,
)
from .....core.web.consents import texts
from ...pages import blueprint
from ..actions import applying, calling
from ..actions.calling import Plan
from ..models import Call
from ..queries import calls as queries
from ..rules.calls import KINDS, OPEN, STATES, WAYS, Wish, code_of, id_of, kinds_of, stands
from ..rules.provinces import BY_KEY, PROVINCES
from ..schemas import ApplicationForm, CallForm, CodeForm

WRITE = "locality.call.write"
FROM_PLACE = attempts.Limit("locality.apply from", most=5, minutes=60)
TO_ADDRESS = attempts.Limit("locality.apply to", most=3, minutes=24 * 60)
CODES = attempts.Limit("locality.application code", most=20, minutes=60)
"""Bounds for applications of one place, letters to one address, and codes that are tried."""


def zone() -> ZoneInfo:
    """Return the node's time zone."""
    return ZoneInfo(this_node().settings.node.time_zone)


@blueprint.get("/network/calls")
@permitted("locality.call.read")
def calls() -> str:
    """List the calls."""
    node = this_node()
    now = node.clock.now()
    with node.db.read() as session:
        found = queries.calls(session, now, drafts=can(WRITE))
        return render_template(
            "locality/network/calls.html",
            calls=[(each, stands(each.opens_at, each.closes_at, now)) for each in found],
        )


@blueprint.get("/network/calls/<int:call_id>")
@permitted("locality.call.read")
def call(call_id: int) -> str:
    """Show a call with its rules."""
    node = this_node()
    with node.db.read() as session:
        found = queries.the_call(session, call_id, drafts=can(WRITE))
        return render_template(
            "locality/network/call.html", call=found, kinds=_kinds(found), last_day=_last(found),
            state=stands(found.opens_at, found.closes_at, node.clock.now()),
        )  # fmt: skip


def _kinds(found: Call) -> list[tuple[str, Any]]:
    return [(kind, KINDS[kind]) for kind in kinds_of(found.kind)]


def _last(found: Call) -> date:
    return (found.closes_at - timedelta(seconds=1)).astimezone(zone()).date()


@blueprint.route("/network/calls/new", methods=["GET", "POST"])
@permitted(WRITE)
def new_call() -> Any:
    """Write a call."""
    node = this_node()
    form = Form(CallForm(), {"idempotency_key": node.random.token(12), "kind": "both"})
    if form.submitted():
        try:
            key = form.data["idempotency_key"] or node.random.token(12)
            with node.db.write() as session:
                made = calling.make_call(
                    node, session, _plan(form.data), key=key, actor_id=this_member().id
                )
            told("Saved.")
            return redirect(url_for("locality.call", call_id=made))
        except WizzleError as error:
            form.failed(error)
    return render_template("locality/network/call_form.html", form=form, call=None), form.status


@blueprint.route("/network/calls/<int:call_id>/edit", methods=["GET", "POST"])
@permitted(WRITE)
def edit_call(call_id: int) -> Any:
    """Change a call."""
    node = this_node()
    with node.db.read() as session:
        found = queries.the_call(session, call_id, drafts=True)
        initial = {
            "title": found.title, "kind": found.kind, "rules": found.rules,
            "opens_on": found.opens_at.astimezone(zone()).date().isoformat(),
            "closes_on": _last(found).isoformat(), "published": found.published_at is not None,
            "version": found.version,
        }  # fmt: skip
    form = Form(CallForm(), initial)
    if form.submitted():
        try:
            with node.db.write() as session:
                calling.change_call(
                    node, session, call_id, _plan(form.data),
                    version=form.data["version"], actor_id=this_member().id,
                )  # fmt: skip
            told("Saved.")
            return redirect(url_for("locality.call", call_id=call_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("locality/network/call_form.html", form=form, call=initial["title"])
    return page, form.status


def _plan(typed: dict[str, Any]) -> Plan:
    return Plan(
        title=typed["title"], kind=typed["kind"], rules=typed["rules"],
        opens_at=_begin(typed["opens_on"]), published=typed["published"],
        closes_at=_begin(min(typed["closes_on"], date(9000, 1, 1)) + timedelta(days=1)),
    )  # fmt: skip


def _begin(day: date) -> datetime:
    # At the ends of the calendar no time zone can be reckoned with.
    return datetime.combine(max(day, date(2000, 1, 1)), time(), zone())


@blueprint.route("/network/calls/<int:call_id>/apply", methods=["GET", "POST"])
@permitted("locality.call.apply")
def apply(call_id: int) -> Any:
    """Take the application of a group."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        found = queries.the_call(session, call_id)
        kinds, title = _kinds(found), found.title
        is_open = stands(found.opens_at, found.closes_at, node.clock.now()) == OPEN
    if not is_open:
        return redirect(url_for("locality.call", call_id=call_id))
    mine = {"name": viewer.name, "email": viewer.email} if viewer else {}
    first = {"kind": kinds[0][0]} if len(kinds) == 1 else {}
    form = Form(ApplicationForm(), {"idempotency_key": node.random.token(12), **mine, **first})
    if form.submitted():
        try:
            return _applied(call_id, form.data)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "locality/network/apply.html", form=form, call_id=call_id, title=title, kinds=kinds,
        provinces=PROVINCES, texts=[*texts("age"), *applying.CONSENTS],
    )  # fmt: skip
    return page, form.status


def _applied(call_id: int, typed: dict[str, Any]) -> Response:
    node, viewer = this_node(), this_viewer()
    wish = Wish(
        kind=typed["kind"], group=typed["group"], province=typed["province"],
        place=typed["place"], households=typed["households"], motivation=typed["motivation"],
        name=typed["name"], email=members.email_form(typed["email"]), phone=typed["phone"],
        may_introduce=typed["introducing"],
    )  # fmt: skip
    _count(FROM_PLACE, attempts.network(request.remote_addr))
    _count(TO_ADDRESS, wish.email)
    with node.db.write() as session:
        made = applying.apply(
            node, session, call_id, wish, key=typed["idempotency_key"],
            language=viewer.language if viewer else this_tongue().language,
            person_id=viewer.id if viewer else None,
        )  # fmt: skip
    told("Your application has arrived. Please keep the code; it stands in our letter too.")
    code = code_of(node.settings.secret, made)
    return redirect(url_for("locality.applied", application=code))


def _count(limit: attempts.Limit, who: str) -> None:
    node = this_node()
    with node.db.write() as session:
        within = attempts.count(session, limit, who, at=node.clock.now())
    if not within:
        raise TooMany("That was tried too often. Please try again in an hour.")


@blueprint.route("/network/applied", methods=["GET", "POST"])
@permitted("locality.call.apply")
def find_application() -> Any:
    """Ask for the code of an application."""
    form = Form(CodeForm())
    if form.submitted():
        try:
            return redirect(url_for("locality.applied", application=_known(form.data["code"])))
        except WizzleError as error:
            form.failed(error)
    return render_template("locality/network/find.html", form=form), form.status


def _known(code: str) -> str:
    """Return a code as we write it; NotFound if it is nobody's, and tries are counted."""
    secret = this_node().settings.secret
    found = id_of(code, secret)
    if found is None:
        _count(CODES, attempts.network(request.remote_addr))
        raise NotFound("There is no application with this code. Please look at it again.")
    return code_of(secret, found)


@blueprint.get("/network/applied/<application>")
@permitted("locality.call.apply")
def applied(application: str) -> Any:
    """Show how an application stands to who has its code; nothing of who applied."""
    node = this_node()
    known = _known(application)
    with node.db.read() as session:
        found = queries.the_application(session, id_of(known, node.settings.secret) or 0)
        steps = queries.steps(session, found.id, notes=False)
        page = render_template(
            "locality/network/applied.html", application=found, steps=steps, code=known,
            states=STATES, ways=WAYS, province=BY_KEY.get(found.province),
        )  # fmt: skip
    return page, 200, {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


@blueprint.post("/network/applied/<application>")
@permitted("locality.call.apply")
def change_application(application: str) -> Response:
    """Take an application back, or that its contact may be handed on."""
    node = this_node()
    known = _known(application)
    number = id_of(known, node.settings.secret) or 0
    try:
        if request.form.get("what") == "introducing":
            with node.db.write() as session:
                applying.stop_introducing(session, number)
            told("Your contact is not handed to anybody.")
        else:
            with node.db.write() as session:
                applying.take_back(node, session, number)
            told("The application is taken back. Who you are and what you wrote is erased.")
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
    return redirect(url_for("locality.applied", application=known))
