"""The desk of a round: preparing it, its steps, and how it stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.web import Form, allow, permitted, say, this_node, told
from .....core.web.moments import typed_moment
from ...pages import blueprint
from .. import actions, queries
from ..actions import Plan
from ..queries import AnyRow, HubPage
from ..rules import LABELS, State, next_collection, next_step
from ..schemas import PlanForm
from .access import RUN, me, own_cycle, tell, zone
from .parts import OUTCOMES
from .rounds import faced

SETTLEMENT = "assembly.settlement"
"""The page on which the last step is taken."""

_TIMES = ("opens_at", "cut_off", "collect_from", "collect_until")


@blueprint.route("/hubs/<slug>/rounds/new", methods=["GET", "POST"])
@permitted(RUN)
def new_round(slug: str) -> Any:
    """Prepare a round; it begins with the hub's usual hours and the producers of the last one."""
    node = this_node()
    with node.db.read() as session:
        hub = queries.hub_page(session, slug)
        allow(RUN, hub.id)
        last = queries.last_round(session, hub.id)
    form = Form(PlanForm(zone()), _usual(hub, node.clock.now(), last))
    if form.submitted():
        try:
            with node.db.write() as session:
                cycle = _draft(session, hub.id, _plan(form))
            told("The round is prepared. Choose what it offers, then open it.")
            return redirect(url_for("assembly.offers", cycle_id=cycle))
        except WizzleError as error:
            form.failed(error)
    page = render_template("assembly/cycles/plan.html", hub=hub, cycle=None, form=form)
    return page, form.status


def _draft(session: Session, hub_id: int, plan: Plan) -> int:
    """Make the round as the last one of the hub was."""
    node, actor = this_node(), me().id
    cycle = actions.draft_cycle(node, session, hub_id, plan, actor_id=actor)
    actions.copy_last(node, session, cycle, actor_id=actor)
    return cycle.id


def _usual(hub: HubPage, now: datetime, last: AnyRow | None) -> dict[str, str]:
    """Return what a new round's form begins with: the hub's next day of collection that leaves
    time to order and comes after the last round's."""
    if hub.weekday is None or hub.collect_from is None or hub.collect_until is None:
        return {}
    here = now.astimezone(zone())
    earliest = here.date() + timedelta(days=4)
    if last is not None:
        taken = last.collect_until.astimezone(zone()).date()
        earliest = max(earliest, taken + timedelta(days=1))
    day = next_collection(earliest, hub.weekday)
    evening = datetime.combine(day - timedelta(days=2), datetime.min.time().replace(hour=21))
    times = {
        "opens_at": here.replace(tzinfo=None),
        "cut_off": evening,
        "collect_from": datetime.combine(day, hub.collect_from),
        "collect_until": datetime.combine(day, hub.collect_until),
    }
    typed = {name: at.strftime("%Y-%m-%dT%H:%M") for name, at in times.items()}
    title = say("Round of %(month)s/%(day)s", month=day.month, day=day.day)
    return {"title": title, **typed}


def _plan(form: Form) -> Plan:
    return Plan(title=form.data["title"], **{name: form.data[name] for name in _TIMES})


@blueprint.route("/rounds/<int:cycle_id>/edit", methods=["GET", "POST"])
@permitted(RUN)
def edit_round(cycle_id: int) -> Any:
    """Change the title and times of a round that is not open yet."""
    node = this_node()
    with node.db.read() as session:
        cycle = own_cycle(session, cycle_id)
        hub = queries.hub_by_id(session, cycle.hub_id)
    times = {name: typed_moment(getattr(cycle, name), zone()) for name in _TIMES}
    form = Form(PlanForm(zone()), {"title": cycle.title, "version": cycle.version, **times})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.change_cycle(
                    node, session, cycle_id, _plan(form),
                    version=form.data["version"], actor_id=me().id,
                )  # fmt: skip
            told("Saved.")
            return redirect(url_for("assembly.desk", cycle_id=cycle_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("assembly/cycles/plan.html", hub=hub, cycle=cycle, form=form)
    return page, form.status


@blueprint.post("/rounds/<int:cycle_id>/discard")
@permitted(RUN)
def discard_round(cycle_id: int) -> Response:
    """Throw a round away that was never opened."""
    node = this_node()
    with node.db.read() as session:
        cycle = own_cycle(session, cycle_id)
    try:
        with node.db.write() as session:
            actions.discard_cycle(node, session, cycle_id, version=_version(), actor_id=me().id)
    except WizzleError as error:
        tell(error)
        return redirect(url_for("assembly.desk", cycle_id=cycle_id))
    told("The round is gone.")
    return redirect(url_for("assembly.hub_desk", slug=cycle.hub_slug))


@blueprint.get("/rounds/<int:cycle_id>/desk")
@permitted(RUN)
def desk(cycle_id: int) -> Any:
    """Show how a round stands, the step that comes next, and its papers."""
    with this_node().db.read() as session:
        cycle = own_cycle(session, cycle_id)
        numbers = queries.numbers_of(session, cycle_id)
        taken = queries.steps_taken(session, cycle_id)
        offered = queries.offered_number(session, cycle_id)
        points = queries.points_of(session, cycle_id)
        parts = queries.parts_of(session, cycle_id)
    state = State(cycle.state)
    return render_template(
        "assembly/cycles/desk.html",
        cycle=cycle,
        round=faced([cycle])[0],
        state=state,
        step=next_step(state),
        labels=LABELS,
        states=list(State),
        taken=taken,
        numbers=numbers,
        offered=offered,
        points=points,
        special=[p for p in parts if p.cut_off or p.minimum_won or p.minimum_units],
        outcomes=OUTCOMES,
        early=_is_early(cycle, state),
        settlement_url=_settlement_url(cycle_id),
    )


def _is_early(cycle: AnyRow, state: State) -> bool:
    """Say whether closing now would come before the time that residents were promised."""
    return state is State.OPEN and this_node().clock.now() < cycle.cut_off


def _settlement_url(cycle_id: int) -> str | None:
    if SETTLEMENT not in current_app.view_functions:
        return None
    return url_for(SETTLEMENT, cycle_id=cycle_id)


@blueprint.post("/rounds/<int:cycle_id>/steps/<name>")
@permitted(RUN)
def take_step(cycle_id: int, name: str) -> Response:
    """Take the next step of a round; the last one, settling, has a page of its own."""
    if name not in set(State) - {State.DRAFT, State.SETTLED}:
        raise NotFound("There is no such step.")
    node, to = this_node(), State(name)
    with node.db.read() as session:
        own_cycle(session, cycle_id)
    try:
        with node.db.write() as session:
            actions.advance(node, session, cycle_id, to, actor_id=me().id, version=_version())
        told(_DONE[to])
    except WizzleError as error:
        tell(error)
    return redirect(url_for("assembly.desk", cycle_id=cycle_id))


def _version() -> int:
    """Return the version that the page showed; one that cannot be read fits none."""
    text = request.form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


_DONE = {
    State.OPEN: "The round is open. Residents can order now.",
    State.CLOSED: "The round is closed. The order sheets are ready to be sent.",
    State.SENT: "The order sheets are on their way to the producers.",
    State.RECEIVED: "The goods are noted as received.",
    State.PACKED: "Everything is noted as packed.",
    State.DISTRIBUTING: "Everyone was told that their order is ready.",
}
