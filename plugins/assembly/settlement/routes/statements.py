"""Statements to read and to print: of a producer, of the hub, of the centre; and their lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from .....core.errors import Forbidden
from .....core.language import day
from .....core.models import Space
from .....core.values import Viewer
from .....core.web import (
    Page,
    allow,
    asked_number,
    asked_place,
    paged,
    permitted,
    say,
    this_node,
    this_tongue,
)
from ...cycles.routes.access import me, zone
from ...cycles.rules import ACTIVIST
from ...pages import blueprint
from .. import queries
from ..rules import number, read_number
from .access import SETTLEMENT, STATEMENT, check_reader

SIZE = 20
_LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)


@blueprint.get("/rounds/<int:cycle_id>/statements/<int:seller_id>")
@permitted(STATEMENT)
def statement(cycle_id: int, seller_id: int) -> str:
    """Show a producer's statement of a round, product by product, to be printed."""
    with this_node().db.read() as session:
        found = queries.statement_page(session, cycle_id, seller_id)
        check_reader(found.settlement.hub_id, seller_id)
        return render_template(
            "assembly/settlement/statement.html",
            settlement=found.settlement,
            seller=found.seller,
            business_number=session.get_one(Space, seller_id).business_number,
            products=queries.product_sums(session, cycle_id, seller_id),
            number=number(cycle_id, seller_id),
            in_full=_in_full,
        )


@blueprint.get("/rounds/<int:cycle_id>/statements/<any(hub, centre):whose>")
@permitted(SETTLEMENT)
def share_statement(cycle_id: int, whose: str) -> str:
    """Show what the hub's activist, or the operating centre, got of each producer's sales."""
    with this_node().db.read() as session:
        found = queries.settlement_page(session, cycle_id)
        allow(SETTLEMENT, found.hub_id)
        return render_template(
            "assembly/settlement/share_statement.html",
            settlement=found,
            sellers=queries.seller_statements(session, cycle_id),
            whose=whose,
            in_full=_in_full,
        )


def _in_full(instant: datetime) -> str:
    """Return a day as a document says it: with its year, also within that year."""
    return day(instant, zone(), this_tongue().language, now=_LONG_AGO)


@blueprint.get("/statements")
@permitted(STATEMENT)
def statements() -> str:
    """List the statements of one's producers, of one's hubs or, for a steward, of all rounds."""
    viewer = me()
    kinds = _kinds(viewer)
    asked = request.args.get("of")
    kind = asked if asked in kinds else next(iter(kinds), None)
    if kind is None:
        raise Forbidden("Statements are for producers, activists and the steward.")
    with this_node().db.read() as session:
        page = _sellers_page(session, viewer) if kind == "producer" else _page(session, kinds[kind])
    tabs = [
        {"label": say(_TABS[name]), "url": url_for("assembly.statements", of=name),
         "current": name == kind}
        for name in kinds
    ]  # fmt: skip
    return render_template("assembly/settlement/statements.html", page=page, kind=kind, tabs=tabs)


_TABS = {"producer": "My sales", "hub": "My hub", "centre": "Operating centre"}


def _kinds(viewer: Viewer) -> dict[str, Sequence[int] | None]:
    """Return which lists the viewer may see, with the ids of the spaces in them; None is all."""
    owned, hosted = sorted(viewer.spaces("owner")), sorted(viewer.spaces(ACTIVIST))
    kinds: dict[str, Sequence[int] | None] = {}
    if owned:
        kinds["producer"] = owned
    if hosted:
        kinds["hub"] = hosted
    if viewer.is_steward:
        kinds["centre"] = None
    return kinds


def _sellers_page(session: Session, viewer: Viewer) -> Page[Any]:
    before = read_number(asked_place() or "")
    sellers = sorted(viewer.spaces("owner"))
    rows = queries.statements(session, sellers, before=before, limit=SIZE + 1)
    last = rows[:SIZE][-1] if rows else None
    return paged(rows, SIZE, last and number(last.cycle_id, last.seller_id))


def _page(session: Session, hub_ids: Sequence[int] | None) -> Page[Any]:
    rows = queries.settlements(session, hub_ids, before=asked_number(), limit=SIZE + 1)
    last = rows[:SIZE][-1] if rows else None
    return paged(rows, SIZE, last and str(last.cycle_id))
