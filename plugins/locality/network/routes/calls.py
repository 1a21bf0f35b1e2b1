"""Open calls: read by everyone, written by stewards."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, url_for

from .....core.errors import WizzleError
from .....core.web import (
    Form,
    can,
    permitted,
    this_member,
    this_node,
    told,
)
from ...pages import blueprint
from ..actions import calling
from ..actions.calling import Plan
from ..models import Call
from ..queries import calls as queries
from ..rules.calls import KINDS, kinds_of, stands
from ..schemas import CallForm

WRITE = "locality.call.write"


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
            "locality/network/call.html", call=found, kinds=kinds_and_words(found),
            last_day=_last(found), state=stands(found.opens_at, found.closes_at, node.clock.now()),
        )  # fmt: skip


def kinds_and_words(found: Call) -> list[tuple[str, Any]]:
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
