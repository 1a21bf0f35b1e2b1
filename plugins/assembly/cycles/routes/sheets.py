"""The papers of a round: order sheets, packing sheets and the collection list, made to print."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import render_template, request

from .....core.errors import Forbidden, NotFound
from .....core.web import can, permitted, this_node
from ...pages import blueprint
from .. import queries
from ..queries import AnyRow
from ..rules import State
from .access import OWN_SHEET, RUN, SHEET, own_cycle, visible_cycle
from .rounds import faced


@blueprint.get("/rounds/<int:cycle_id>/sheets/<int:seller_id>")
@permitted(SHEET)
def order_sheet(cycle_id: int, seller_id: int) -> Any:
    """Show what a producer is asked to bring; the producer sees it from its sending on."""
    with this_node().db.read() as session:
        cycle = visible_cycle(session, cycle_id)
        runs = can(RUN, cycle.hub_id)
        if not (runs or can(OWN_SHEET, seller_id)):
            raise Forbidden("You may not do this. Ask the people who run this page or the steward.")
        if not (runs or State(cycle.state).reached(State.SENT)):
            raise NotFound("This order sheet is not sent yet.")
        sheet = queries.order_sheet(session, cycle_id, seller_id)
        hub = queries.hub_by_id(session, cycle.hub_id)
    return render_template(
        "assembly/cycles/order_sheet.html",
        cycle=cycle, sheets=[sheet], hub=hub, runs=runs,
    )  # fmt: skip


@blueprint.get("/rounds/<int:cycle_id>/sheets")
@permitted(RUN)
def order_sheets(cycle_id: int) -> Any:
    """Show the order sheets of all producers, one a printed page."""
    with this_node().db.read() as session:
        cycle = own_cycle(session, cycle_id)
        sheets = queries.all_sheets(session, cycle_id)
        hub = queries.hub_by_id(session, cycle.hub_id)
    return render_template(
        "assembly/cycles/order_sheet.html", cycle=cycle, sheets=sheets, hub=hub, runs=True
    )


@blueprint.get("/rounds/<int:cycle_id>/packing")
@permitted(RUN)
def packing(cycle_id: int) -> Any:
    """Show what to pack: bag by bag, or product by product with who gets how many."""
    by_product = request.args.get("by") == "product"
    with this_node().db.read() as session:
        cycle = own_cycle(session, cycle_id)
        lines = queries.packing_lines(session, cycle_id)
    return render_template(
        "assembly/cycles/packing.html",
        cycle=cycle,
        by_product=by_product,
        groups=_by_product(lines) if by_product else _by_order(lines),
    )


def _by_order(lines: list[AnyRow]) -> list[list[AnyRow]]:
    return [list(found) for _, found in groupby(lines, key=lambda line: line.order_id)]


def _by_product(lines: list[AnyRow]) -> list[list[AnyRow]]:
    def product(line: AnyRow) -> Any:
        return (line.seller_name, line.product_name, line.unit_label, line.product_id)

    return [list(found) for _, found in groupby(sorted(lines, key=product), key=product)]


@blueprint.get("/rounds/<int:cycle_id>/collection")
@permitted(RUN)
def collection(cycle_id: int) -> Any:
    """Show everyone who comes, by name, with their codes and what they pay."""
    with this_node().db.read() as session:
        cycle = own_cycle(session, cycle_id)
        orders = queries.collection_list(session, cycle_id)
    return render_template(
        "assembly/cycles/collection.html",
        cycle=cycle,
        round=faced([cycle])[0],
        orders=orders,
    )
