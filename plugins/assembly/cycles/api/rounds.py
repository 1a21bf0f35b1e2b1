"""Rounds, open to everyone: those that run now, those that are settled, and one with its offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from .....core.web import this_node
from .....core.web.api import Listing, api, listed, mark
from ...pages import blueprint
from .. import queries
from ..access import SEE, visible_cycle
from ..queries import AnyRow
from ..rules import State, occasion, shown_state, why_closed
from .shapes import SETTLED, RoundsAsked, RoundSchema, RoundTile


@blueprint.get("/api/v1/rounds")
@api(
    SEE, mark("Rounds: those that run now, or those that are settled"), "rounds",
    asks=RoundsAsked(), gives=RoundTile(), pages=True,
)  # fmt: skip
def api_rounds(asked: Mapping[str, Any]) -> Listing:
    """List rounds."""
    node, limit, cursor = this_node(), asked["limit"], asked["cursor"]
    now = node.clock.now()
    with node.db.read() as session:
        if asked["state"] == SETTLED:
            before = cursor[0] if cursor else None
            rows = queries.earlier_rounds(session, before=before, limit=limit + 1)
        else:
            rows = queries.current_rounds(session, now, limit=limit)
    page = listed(rows, limit, lambda row: (row.id,))
    return Listing([_told(row, now) for row in page.rows], page.place)


def _told(row: AnyRow, now: datetime) -> dict[str, Any]:
    state = State(row.state)
    return {
        **row._asdict(),
        "occasion": occasion(row.id),
        "state": shown_state(state, row.cut_off, now).value,
        "is_open": why_closed(state, row.opens_at, row.cut_off, now) is None,
        "hub": {"slug": row.hub_slug, "name": row.hub_name},
    }


@blueprint.get("/api/v1/rounds/<int:cycle_id>")
@api(SEE, mark("One round with everything that it offers"), "rounds", gives=RoundSchema())
def api_round(cycle_id: int) -> Mapping[str, Any]:
    """Show a round as its page does."""
    node = this_node()
    with node.db.look() as session:
        cycle = visible_cycle(session, cycle_id)
        goods = queries.offered_goods(session, cycle_id)
        parts = queries.special_terms(session, cycle_id)
        points = queries.points_of(session, cycle_id)
    told = _told(cycle, node.clock.now())
    own_place = {**cycle._asdict(), "host_id": cycle.hub_id}
    further = [{**point._asdict(), "host_id": point.hub_id} for point in points]
    return {**told, "pick_ups": [own_place, *further], "offers": _offers(goods, parts)}


def _offers(goods: Sequence[AnyRow], parts: Mapping[int, AnyRow]) -> list[dict[str, Any]]:
    return [
        {
            **good._asdict(),
            "product_id": good.id,
            "sold_out": good.stock is not None and good.stock < good.minimum,
            "seller": {"slug": good.seller_slug, "name": good.seller},
            "cut_off": parts[good.seller_id].cut_off if good.seller_id in parts else None,
        }
        for good in goods
    ]
