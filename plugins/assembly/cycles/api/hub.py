"""The desk of a hub: the orders of its rounds, handed over or not collected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .....core.web import this_member, this_node
from .....core.web.api import Listing, api, listed, mark
from ....market import Why
from ...pages import blueprint
from .. import actions, queries
from ..access import RUN, check_day, served_cycle
from .shapes import HubOrderSchema, HubOrderTile, OrdersAsked, RoundHandOver

SCOPE = "rounds:manage"
ONE = "/api/v1/rounds/<int:cycle_id>/orders/<int:order_id>"


@blueprint.get("/api/v1/rounds/<int:cycle_id>/orders")
@api(
    RUN, mark("The orders of a round by name"), "hub",
    scope=SCOPE, asks=OrdersAsked(), gives=HubOrderTile(), pages=True,
)  # fmt: skip
def api_round_orders(cycle_id: int, asked: Mapping[str, Any]) -> Listing:
    """List the orders that are collected at hubs which the person runs."""
    limit = asked["limit"]
    with this_node().db.read() as session:
        served = served_cycle(session, cycle_id)
        rows = queries.found_orders(
            session, cycle_id, search=asked["q"], done=asked["done"], hubs=served.hubs,
            after=asked["cursor"], limit=limit + 1,
        )  # fmt: skip
    return listed(rows, limit, lambda row: (row.person_name, row.id))


@blueprint.get(ONE)
@api(RUN, mark("One order of a round"), "hub", scope=SCOPE, gives=HubOrderSchema())
def api_round_order(cycle_id: int, order_id: int) -> Mapping[str, Any]:
    """Show an order as the hub sees it."""
    return _told(cycle_id, order_id)


def _told(cycle_id: int, order_id: int) -> Mapping[str, Any]:
    with this_node().db.read() as session:
        served = served_cycle(session, cycle_id)
        card = queries.order_card(session, cycle_id, order_id)
    served.check(card.order.host_id)
    due = card.due.cash if card.due and card.order.state == "placed" else None
    return {**card.order._asdict(), "due": due, "lines": card.lines}


def _check(cycle_id: int, order_id: int) -> None:
    """Refuse an order of another hub's."""
    with this_node().db.read() as session:
        served = served_cycle(session, cycle_id)
        served.check(queries.served_order(session, cycle_id, order_id).host_id)


@blueprint.post(f"{ONE}/hand-over")
@api(
    RUN, mark("Hand an order of a round over and take the money"), "hub",
    scope=SCOPE, takes=RoundHandOver(), gives=HubOrderSchema(), example={"shown": 12000},
    about=mark("A second time takes nothing."),
)  # fmt: skip
def api_round_hand_over(cycle_id: int, order_id: int, body: Mapping[str, Any]) -> Any:
    """Hand an order over, as the page for it does."""
    node, person = this_node(), this_member()
    _check(cycle_id, order_id)
    with node.db.write() as session:
        check_day(session, cycle_id, order_id, early=body["early"])
        actions.hand_over(
            node, session, cycle_id, order_id, actor_id=person.id,
            shown=body["shown"], cash=body["cash"],
        )  # fmt: skip
    return _told(cycle_id, order_id)


@blueprint.post(f"{ONE}/not-collected")
@api(
    RUN, mark("Note that nobody came for an order of a round"), "hub",
    scope=SCOPE, takes=Why(), gives=HubOrderSchema(),
    example={"reason": "Nobody came until eight."},
)  # fmt: skip
def api_round_not_collected(cycle_id: int, order_id: int, body: Mapping[str, Any]) -> Any:
    """Note that nobody came."""
    node, person = this_node(), this_member()
    _check(cycle_id, order_id)
    with node.db.write() as session:
        actions.mark_not_collected(
            node, session, cycle_id, order_id, reason=body["reason"], actor_id=person.id
        )
    return _told(cycle_id, order_id)
