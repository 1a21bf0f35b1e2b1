"""The papers of a round: order sheets, packing sheets and the collection list, made to print."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, NotFound
from .....core.web import can, permitted, this_node
from .....core.web.downloads import download
from ...pages import blueprint
from .. import queries
from ..queries import AnyRow, HubPage, Sheet
from ..rules import State, sheet_is_out
from .access import OWN_SHEET, RUN, SHEET, own_cycle, served_cycle, visible_cycle
from .papers import packing_paper, packing_table, sheets_paper, sheets_table
from .rounds import faced


@blueprint.get("/rounds/<int:cycle_id>/sheets/<int:seller_id>")
@permitted(SHEET)
def order_sheet(cycle_id: int, seller_id: int) -> Any:
    """Show what a producer is asked to bring; the producer sees it from its sending on."""
    with this_node().db.read() as session:
        cycle, sheet, hub = _sheet(session, cycle_id, seller_id)
        confirmed = queries.sheet_confirmed(session, cycle_id, seller_id)
    return render_template(
        "assembly/cycles/order_sheet.html",
        cycle=cycle, sheets=[sheet], hub=hub, runs=can(RUN, cycle.hub_id), seller_id=seller_id,
        confirmed=confirmed, sent=State(cycle.state).reached(State.SENT),
    )  # fmt: skip


@blueprint.get("/rounds/<int:cycle_id>/sheets/<int:seller_id>.<ending:ending>")
@permitted(SHEET)
def order_sheet_file(cycle_id: int, seller_id: int, ending: str) -> Response:
    """Hand out a producer's order sheet as a file."""
    with this_node().db.read() as session:
        cycle, sheet, hub = _sheet(session, cycle_id, seller_id)
    if ending == "pdf":
        return download(sheets_paper(cycle, [sheet], hub))
    return download(sheets_table(cycle, [sheet]), ending)


def _sheet(session: Session, cycle_id: int, seller_id: int) -> tuple[AnyRow, Sheet, HubPage]:
    """Return an order sheet that the viewer may read, with its round and hub."""
    cycle = visible_cycle(session, cycle_id)
    runs = can(RUN, cycle.hub_id)
    if not (runs or can(OWN_SHEET, seller_id)):
        raise Forbidden("You may not do this. Ask the people who run this page or the steward.")
    part = queries.part_of(session, cycle_id, seller_id)
    own, outcome = (part.cut_off, part.outcome) if part else (None, None)
    if not (runs or sheet_is_out(State(cycle.state), own, outcome)):
        raise NotFound("This order sheet is not sent yet.")
    sheet = queries.order_sheet(session, cycle_id, seller_id)
    return cycle, sheet, queries.hub_by_id(session, cycle.hub_id)


@blueprint.get("/rounds/<int:cycle_id>/sheets")
@permitted(RUN)
def order_sheets(cycle_id: int) -> Any:
    """Show the order sheets of all producers, one a printed page."""
    with this_node().db.read() as session:
        cycle = own_cycle(session, cycle_id)
        sheets = queries.all_sheets(session, cycle_id)
        hub = queries.hub_by_id(session, cycle.hub_id)
    return render_template(
        "assembly/cycles/order_sheet.html",
        cycle=cycle, sheets=sheets, hub=hub, runs=True, seller_id=None,
    )  # fmt: skip


@blueprint.get("/rounds/<int:cycle_id>/sheets.<ending:ending>")
@permitted(RUN)
def order_sheets_file(cycle_id: int, ending: str) -> Response:
    """Hand out the order sheets of all producers as one file."""
    with this_node().db.read() as session:
        cycle = own_cycle(session, cycle_id)
        sheets = queries.all_sheets(session, cycle_id)
        hub = queries.hub_by_id(session, cycle.hub_id)
    if ending == "pdf":
        return download(sheets_paper(cycle, sheets, hub))
    return download(sheets_table(cycle, sheets), ending)


@blueprint.get("/rounds/<int:cycle_id>/packing")
@permitted(RUN)
def packing(cycle_id: int) -> Any:
    """Show what to pack: bag by bag, or product by product with who gets how many."""
    cycle, by_product, groups = _packing(cycle_id)
    return render_template(
        "assembly/cycles/packing.html",
        cycle=cycle, by_product=by_product, groups=groups, runs=can(RUN, cycle.hub_id),
    )  # fmt: skip


@blueprint.get("/rounds/<int:cycle_id>/packing.<ending:ending>")
@permitted(RUN)
def packing_file(cycle_id: int, ending: str) -> Response:
    """Hand out a packing sheet as a file."""
    cycle, by_product, groups = _packing(cycle_id)
    if ending == "pdf":
        return download(packing_paper(cycle, groups, by_product=by_product))
    return download(packing_table(cycle, groups, by_product=by_product), ending)


def _packing(cycle_id: int) -> tuple[AnyRow, bool, list[list[AnyRow]]]:
    by_product = request.args.get("by") == "product"
    with this_node().db.read() as session:
        served = served_cycle(session, cycle_id)
        lines = queries.packing_lines(session, cycle_id, served.hubs)
    return served.cycle, by_product, _by_product(lines) if by_product else _by_order(lines)


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
        served = served_cycle(session, cycle_id)
        orders = queries.collection_list(session, cycle_id, served.hubs)
    return render_template(
        "assembly/cycles/collection.html",
        cycle=served.cycle,
        round=faced([served.cycle])[0],
        orders=orders,
        runs=served.hubs is None,
    )
