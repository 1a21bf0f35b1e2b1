"""The day of collection on a phone that may lose its network, from the list to the last order."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from .....core.again import in_transaction
from .....core.errors import Forbidden
from .....core.web import permitted, scripted, this_node, this_tongue
from .....core.web.page import this_site
from ...cycles.routes.access import RUN, Served, me, served_cycle
from ...cycles.rules import EARLY, State, shown_state
from ...pages import blueprint
from .. import actions, queries
from ..rules import MOST_BYTES, MOST_ORDERS, TAKING_ALONG, Operation, Verdict
from ..schemas import batch, operation, uid_of

FILES = ("assembly/hubday/", "assembly/assembly.css")
CAMERA = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"


@blueprint.get("/rounds/<int:cycle_id>/hub-day")
@permitted(RUN)
def hub_day(cycle_id: int) -> Response:
    """Show the page that a phone works with when there is no network; it may use the camera."""
    node = this_node()
    with node.db.read() as session:
        served = served_cycle(session, cycle_id)
    cycle = served.cycle
    page = render_template(
        "assembly/hubday/hubday.html",
        cycle=cycle,
        ready=_state(served) in TAKING_ALONG,
        early=EARLY,
        me=me(),
        files=[url for name, url in this_site().statics.items() if name.startswith(FILES)],
    )
    response = make_response(page)
    response.headers["Permissions-Policy"] = CAMERA
    return response


@blueprint.get("/rounds/<int:cycle_id>/hub-day.json")
@scripted(RUN)
def hub_day_orders(cycle_id: int) -> dict[str, Any]:
    """Hand out all that a phone takes along, with the token for what it sends later."""
    node = this_node()
    with node.db.read() as session:
        served = served_cycle(session, cycle_id)
        taken = queries.orders_taken_along(session, cycle_id, served.hubs)
        cycle = served.cycle
        return {
            "round": {"id": cycle.id, "title": cycle.title, "state": _state(served).value},
            "person": me().id,
            "made": node.clock.now().isoformat(),
            "bound": node.host.settings("market")["difference_up_to"],
            "cut": len(taken) == MOST_ORDERS,
            "token": generate_csrf(),
            "send": url_for("assembly.operations", cycle_id=cycle_id),
            "orders": [queries.in_json(each) for each in taken],
        }


@blueprint.post("/rounds/<int:cycle_id>/operations")
@scripted(RUN)
def operations(cycle_id: int) -> dict[str, Any]:
    """Do what a phone noted down, each entry by itself and once; answer what became of each, and
    how the orders concerned stand now."""
    node = this_node()
    if (request.content_length or 0) > MOST_BYTES or len(request.get_data()) > MOST_BYTES:
        abort(413)
    person_id, entries = batch(request.get_data())
    if person_id != me().id:  # two may share a phone: nothing is done in another one's name
        raise Forbidden("These entries are somebody else's. Whoever made them has to log in.")
    with node.db.read() as session:
        hubs = served_cycle(session, cycle_id).hubs
    read = [(uid_of(entry), operation(entry)) for entry in entries]
    verdicts = [_verdict(cycle_id, uid, each, hubs) for uid, each in read if uid or each]
    concerned = {each.order_id for _, each in read if each}
    with node.db.read() as session:
        served = served_cycle(session, cycle_id)
        taken = queries.orders_taken_along(session, cycle_id, served.hubs, concerned)
        return {
            "state": _state(served).value,
            "operations": [_told(each) for each in verdicts],
            "orders": [queries.in_json(each) for each in taken],
        }


def _verdict(
    cycle_id: int, uid: str | None, asked: Operation | None, hubs: frozenset[int] | None
) -> Verdict:
    if asked is None:
        return actions.unreadable(uid or "")
    node, actor_id = this_node(), me().id

    def work(session: Session) -> Verdict:
        return actions.apply(node, session, cycle_id, asked, hubs=hubs, actor_id=actor_id)

    return in_transaction(node.db, work)


def _told(verdict: Verdict) -> dict[str, Any]:
    told: dict[str, Any] = {"uid": verdict.uid, "outcome": verdict.outcome.value}
    if verdict.problem is not None:
        told |= {"status": verdict.status, "detail": this_tongue().say(verdict.problem)}
    return told


def _state(served: Served) -> State:
    cycle = served.cycle
    return shown_state(State(cycle.state), cycle.cut_off, this_node().clock.now())
