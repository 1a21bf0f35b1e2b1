"""Hubs: making one, its hours and hosts, and the desk of its activist."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.models import Space
from .....core.values import SpaceFace
from .....core.web import Form, allow, asked_number, can, paged, permitted, this_node, told
from .....core.web.sections import sections
from ...pages import blueprint
from .. import actions, queries
from ..actions import Hours
from ..rules import told_problem
from ..schemas import HostForm, HoursForm, HubForm
from .access import MAKE_HUB, RUN, me, tell
from .rounds import SIZE, faced

_HOURS = ("weekday", "collect_from", "collect_until", "how_to_come")


@blueprint.route("/hubs/new", methods=["GET", "POST"])
@permitted(MAKE_HUB)
def new_hub() -> Any:
    """Make a hub and name its first host."""
    identity = this_node().settings.node
    form = Form(HubForm(), {"weekday": 3, "collect_from": "16:00", "collect_until": "20:00"})
    if form.submitted():
        try:
            with this_node().db.write() as session:
                hub = _make(session, form.data, identity.province, identity.county)
            told("%(name)s is ready. Its host can prepare the first round.", name=hub.name)
            return redirect(url_for("assembly.hub_desk", slug=hub.slug))
        except WizzleError as error:
            form.failed(error)
    return render_template("assembly/cycles/new_hub.html", form=form), form.status


def _make(session: Session, typed: dict[str, Any], province: str, county: str) -> Space:
    node, actor = this_node(), me().id
    hub = actions.make_hub(
        node, session, typed["name"], _hours(typed), actor_id=actor, address=typed["address"],
        phone=typed["phone"], intro=typed["intro"], province=province, county=county,
    )  # fmt: skip
    if typed["host"]:
        actions.make_host(node, session, hub.id, typed["host"], actor_id=actor)
    return hub


def _hours(typed: dict[str, Any]) -> Hours:
    return Hours(**{name: typed[name] for name in _HOURS})


@blueprint.get("/hubs/<slug>/desk")
@permitted(RUN)
def hub_desk(slug: str) -> Any:
    """Show a hub's rounds to its activist, the newest first, and the way to a new one."""
    node = this_node()
    with node.db.read() as session:
        hub = queries.hub_page(session, slug)
        allow(RUN, hub.id)
        rows = queries.hub_rounds(session, hub.id, before=asked_number(), limit=SIZE + 1)
        guests = queries.rounds_collected_at(session, hub.id)
        carried = queries.carried_numbers(session, hub.id)
        schedule = queries.schedule_of(session, hub.id)
        face = SpaceFace(hub.id, "hub", hub.slug, hub.name)
        today = sections("today_sections", session=session, viewer=me(), space=face)
    place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
    return render_template(
        "assembly/cycles/hub_desk.html",
        hub=hub,
        page=paged(faced(rows), SIZE, place),
        guests=guests,
        carried=carried,
        problem=told_problem(schedule.problem) if schedule else None,
        today=today,
    )


@blueprint.route("/hubs/<slug>/settings", methods=["GET", "POST"])
@permitted(RUN)
def hub_settings(slug: str) -> Any:
    """Change a hub's hours; the steward also says who hosts it."""
    node = this_node()
    with node.db.read() as session:
        hub = queries.hub_page(session, slug)
        allow(RUN, hub.id)
        hosts = queries.hosts_of(session, hub.id)
    initial = {name: _typed(getattr(hub, name)) for name in _HOURS}
    form = Form(HoursForm(), initial)
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.change_hours(node, session, hub.id, _hours(form.data), actor_id=me().id)
            told("Saved. Rounds that were made already keep their times.")
            return redirect(url_for("assembly.hub_desk", slug=slug))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "assembly/cycles/hub_settings.html",
        hub=hub, hosts=hosts, form=form, names_hosts=can(MAKE_HUB),
    )  # fmt: skip
    return page, form.status


def _typed(value: Any) -> Any:
    return f"{value:%H:%M}" if isinstance(value, time) else "" if value is None else value


@blueprint.post("/hubs/<slug>/hosts")
@permitted(MAKE_HUB)
def name_host(slug: str) -> Response:
    """Make somebody a host of the hub."""
    form = Form(HostForm())
    node = this_node()
    try:
        form.submitted()
        with node.db.write() as session:
            hub = queries.hub_page(session, slug)
            person = actions.make_host(
                node, session, hub.id, form.data.get("host", ""), actor_id=me().id
            )
        told("%(name)s hosts %(hub)s now.", name=person.name, hub=hub.name)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("assembly.hub_settings", slug=slug))


@blueprint.post("/hubs/<slug>/hosts/<int:person_id>/dismiss")
@permitted(MAKE_HUB)
def dismiss_host(slug: str, person_id: int) -> Response:
    """Take the host's part away from somebody."""
    node = this_node()
    try:
        with node.db.write() as session:
            hub = queries.hub_page(session, slug)
            actions.dismiss_host(node, session, hub.id, person_id, actor_id=me().id)
        told("Saved.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("assembly.hub_settings", slug=slug))
