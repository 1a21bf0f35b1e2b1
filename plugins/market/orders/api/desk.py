"""A shop's desk: the orders that wait to be handed over there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .....core.web import this_member, this_node
from .....core.web.api import Listing, api, listed, mark
from ...pages import blueprint
from .. import actions, queries
from ..access import DESK, own_shop
from ..rules import COLLECTED, NOT_COLLECTED, PLACED, shop_occasion
from .shapes import DeskAsked, DeskTile, HandedOver, HandOver, Why

SCOPE = "shops:manage"


@blueprint.get("/api/v1/spaces/<slug>/orders")
@api(
    DESK, mark("The orders of a shop"), "shops",
    scope=SCOPE, asks=DeskAsked(), gives=DeskTile(), pages=True,
)  # fmt: skip
def api_shop_orders(slug: str, asked: Mapping[str, Any]) -> Listing:
    """List the orders of a shop in one state."""
    limit, cursor = asked["limit"], asked["cursor"]
    with this_node().db.read() as session:
        shop = own_shop(session, slug)
        rows = queries.orders_of(
            session, shop_occasion(shop.id), states=[asked["state"]], search=asked["q"],
            after=cursor[0] if cursor else None, limit=limit + 1,
        )  # fmt: skip
        waiting = [row.id for row in rows if row.state == PLACED]
        dues = queries.dues(session, waiting) if waiting else {}
    page = listed(rows, limit, lambda row: (row.id,))
    told = [
        {**row._asdict(), "due": dues[row.id].cash if row.id in dues else None} for row in page.rows
    ]
    return Listing(told, page.place)


@blueprint.post("/api/v1/spaces/<slug>/orders/<uid>/hand-over")
@api(
    DESK, mark("Hand an order of a shop over and take the money"), "shops",
    scope=SCOPE, takes=HandOver(), gives=HandedOver(), example={"shown": 12000},
    about=mark("A second time takes nothing."),
)  # fmt: skip
def api_hand_over(slug: str, uid: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Hand an order over, as the desk does."""
    node = this_node()
    with node.db.write() as session:
        shop = own_shop(session, slug)
        order = queries.order_at(session, shop_occasion(shop.id), uid)
        taken = actions.hand_over(node, session, order.id, actor_id=this_member().id, **body)
    return {"state": COLLECTED, "taken": taken}


@blueprint.post("/api/v1/spaces/<slug>/orders/<uid>/not-collected")
@api(
    DESK, mark("Note that nobody came for an order of a shop"), "shops",
    scope=SCOPE, takes=Why(), gives=HandedOver(), example={"reason": "Nobody came until closing."},
)  # fmt: skip
def api_not_collected(slug: str, uid: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Note that nobody came."""
    node = this_node()
    with node.db.write() as session:
        shop = own_shop(session, slug)
        order = queries.order_at(session, shop_occasion(shop.id), uid)
        actions.mark_not_collected(
            node, session, order.id, actor_id=this_member().id, reason=body["reason"]
        )
    return {"state": NOT_COLLECTED, "taken": 0}
