"""A producer's rounds on the page of the day: what is ordered so far, sheets to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.answers import Section
from .....core.errors import WizzleError
from .....core.node import Node
from .....core.values import SpaceFace
from .....core.web import can, permitted, this_node, told
from ....market import standing_demand
from ...pages import blueprint
from .. import actions, queries
from ..queries import AnyRow
from ..rules import Outcome, State, occasion, part_cut_off, sheet_is_out, shown_state
from .access import OWN_SHEET, SHEET, me, own_cycle, tell

STATEMENTS = "assembly.statements"


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round as its producer sees it; ``step`` is "open", "closed", "sheet" or "gone"."""

    row: AnyRow
    step: str
    until: Any
    goods: Sequence[AnyRow]


def today_sections(node: Node, session: Session, space: SpaceFace) -> list[Section]:
    """Return a producer's rounds, then what its standing orders will ask for next."""
    if space.kind not in {"producer", "shop"} or not can(OWN_SHEET, space.id):
        return []
    rows = queries.parts_of_seller(session, space.id)
    ordered = queries.ordered_goods(session, space.id, [row.id for row in rows]) if rows else {}
    rounds = [_own_round(node, row, ordered.get(occasion(row.id), ())) for row in rows]
    week = _coming_week(node, rows)
    context = {
        "space": space,
        "rounds": rounds,
        "week": week,
        "wanted": standing_demand(session, None, week, seller_ids=[space.id]),
        "statements": STATEMENTS in current_app.view_functions,
    }
    return [Section("assembly/cycles/today.html", context, order=10)]


def _own_round(node: Node, row: AnyRow, goods: Sequence[AnyRow]) -> OwnRound:
    until = part_cut_off(row.own_cut_off, row.cut_off)
    now = node.clock.now()
    if row.outcome in {Outcome.CANCELLED, Outcome.CARRIED}:
        return OwnRound(row, "gone", until, ())
    if sheet_is_out(State(row.state), row.own_cut_off, row.outcome):
        return OwnRound(row, "sheet", until, goods)
    is_open = shown_state(State(row.state), row.cut_off, now) is State.OPEN and until > now
    return OwnRound(row, "open" if is_open else "closed", until, goods)


def _coming_week(node: Node, rows: Sequence[AnyRow]) -> date:
    """Return the Monday of the first week of which no round is open yet: in the others the
    standing orders stand among what is ordered."""
    zone = ZoneInfo(node.settings.node.time_zone)
    days = [row.collect_from.astimezone(zone).date() + timedelta(days=7) for row in rows]
    day: date = max([node.clock.now().astimezone(zone).date(), *days])
    return day - timedelta(days=day.weekday())


@blueprint.post("/rounds/<int:cycle_id>/sheets/<int:seller_id>/confirm")
@permitted(SHEET)
def confirm_sheet(cycle_id: int, seller_id: int) -> Response:
    """Note that a producer has seen the order sheet; or told the hub so on the phone."""
    node = this_node()
    owns = can(OWN_SHEET, seller_id)
    with node.db.read() as session:
        if not owns:
            own_cycle(session, cycle_id)  # the hub's activist, whom the producer told
        slug = queries.slug_of_seller(session, seller_id)
    try:
        with node.db.write() as session:
            actions.confirm_sheet(node, session, cycle_id, seller_id, actor_id=me().id)
        told("Thank you. The hub sees that the order sheet is confirmed.")
    except WizzleError as error:
        tell(error)
    if owns and slug:
        return redirect(url_for("core.today", slug=slug))
    return redirect(url_for("assembly.desk", cycle_id=cycle_id))
