"""The schedule of a hub: rounds that come about by themselves."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import Form, allow, permitted, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..actions import Choice
from ..queries import HubPage
from ..rules import Rhythm, days_of, next_collection, next_date, told_problem
from ..schemas import ScheduleForm
from .access import RUN, me, tell, zone

AHEAD = 3
"""So many of the coming rounds are shown."""


@blueprint.route("/hubs/<slug>/schedule", methods=["GET", "POST"])
@permitted(RUN)
def schedule(slug: str) -> Any:
    """Show and set when a hub's rounds come about, and those that come next."""
    node = this_node()
    with node.db.read() as session:
        hub = queries.hub_page(session, slug)
        allow(RUN, hub.id)
        row = queries.schedule_of(session, hub.id)
    form = Form(ScheduleForm(), _initial(hub, row))
    if form.submitted():
        try:
            version = form.data.pop("version")
            with node.db.write() as session:
                actions.set_schedule(
                    node, session, hub.id, Choice(**form.data), version=version, actor_id=me().id
                )
            told("Saved.")
            return redirect(url_for("assembly.schedule", slug=slug))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "assembly/cycles/schedule.html",
        hub=hub, schedule=row, form=form, coming=_coming(row),
        problem=told_problem(row.problem) if row else None,
    )  # fmt: skip
    return page, form.status


@blueprint.post("/hubs/<slug>/schedule/skip")
@permitted(RUN)
def skip_round(slug: str) -> Response:
    """Leave the next round out."""
    node = this_node()
    with node.db.read() as session:
        hub = queries.hub_page(session, slug)
        allow(RUN, hub.id)
    text = request.form.get("version", "")
    version = int(text) if text.isdecimal() and len(text) < 10 else -1
    try:
        with node.db.write() as session:
            actions.skip_next(node, session, hub.id, version=version, actor_id=me().id)
        told("The next round is left out.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("assembly.schedule", slug=slug))


_TIMES = ("collect_from", "collect_until", "opens_at", "cut_off_at")
_USUAL = {
    "every": 1, "opens_days": 6, "opens_at": "09:00", "cut_off_days": 2, "cut_off_at": "21:00",
    "collect_from": "16:00", "collect_until": "20:00", "opens_itself": "yes", "active": "yes",
}  # fmt: skip


def _initial(hub: HubPage, row: Any) -> dict[str, Any]:
    """Return what the form begins with: what is set, or the hub's usual hours a week ahead."""
    if row is not None:
        values = {name: getattr(row, name) for name in (*_USUAL, "version")}
        values |= {name: f"{values[name]:%H:%M}" for name in _TIMES}
        values |= {name: "yes" if values[name] else "" for name in ("opens_itself", "active")}
        return {**values, "next_on": row.next_on.isoformat()}
    values = {**_USUAL, "version": 0}
    for name in ("collect_from", "collect_until"):
        hour = getattr(hub, name)
        if hour is not None:
            values[name] = f"{hour:%H:%M}"
    today = this_node().clock.now().astimezone(zone()).date()
    weekday = today.weekday() if hub.weekday is None else hub.weekday
    day = next_collection(today + timedelta(days=8), weekday)
    return {**values, "next_on": day.isoformat()}


def _coming(row: Any) -> list[tuple[date, datetime, datetime]]:
    """Return day of collection, opening and cut-off of the coming rounds."""
    if row is None or not row.active:
        return []
    names = Rhythm.__dataclass_fields__
    rhythm, on, found = Rhythm(**{name: getattr(row, name) for name in names}), row.next_on, []
    for _ in range(AHEAD):
        times = asdict(days_of(rhythm, on, zone()))
        found.append((times["collect_from"], times["opens_at"], times["cut_off"]))
        on = next_date(rhythm, on)
    return found
