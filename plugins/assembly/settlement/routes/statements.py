"""Statements to read and to print: of a producer, of the hub, of the centre; and their lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import Row
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden
from .....core.models import Space
from .....core.values import Viewer
from .....core.web import (
    Page,
    allow,
    asked_number,
    asked_place,
    can,
    download,
    paged,
    permitted,
    say,
    this_node,
)
from ...cycles.routes.access import me
from ...cycles.rules import ACTIVIST
from ...pages import blueprint
from .. import queries
from ..rules import net, number, read_number
from .access import SETTLEMENT, STATEMENT, check_reader
from .papers import in_full, seller_paper, share_paper
from .tables import seller_table, share_number, share_table

SIZE = 20


@blueprint.get("/rounds/<int:cycle_id>/statements/<int:seller_id>")
@blueprint.get("/rounds/<int:cycle_id>/statements/<int:seller_id>.<ending:ending>")
@permitted(STATEMENT)
def statement(cycle_id: int, seller_id: int, ending: str = "") -> str | Response:
    """Show a producer's statement of a round, product by product, to be printed or kept."""
    node = this_node()
    with node.db.read() as session:
        found = queries.statement_page(session, cycle_id, seller_id)
        check_reader(found.settlement.hub_id, seller_id)
        business_number = session.get_one(Space, seller_id).business_number
        passed = node.host.collect(
            "passed_on", node=node, session=session, occasion=f"cycle:{cycle_id}",
            seller_id=seller_id,
        )  # fmt: skip
    if ending == "pdf":
        return download(seller_paper(found, business_number, passed))
    if ending:
        return download(seller_table(found), ending)
    return render_template(
        "assembly/settlement/statement.html",
        settlement=found.settlement,
        seller=found.seller,
        business_number=business_number,
        products=found.products,
        corrections=found.corrections,
        net=net(found.seller.sums, found.corrections),
        number=number(cycle_id, seller_id),
        in_full=in_full,
        passed=passed,
    )


@blueprint.get("/rounds/<int:cycle_id>/statements/hub")
@blueprint.get("/rounds/<int:cycle_id>/statements/hub/<int:hub_id>")
@blueprint.get("/rounds/<int:cycle_id>/statements/hub/<int:hub_id>.<ending:ending>")
@permitted(SETTLEMENT)
def hub_statement(cycle_id: int, hub_id: int | None = None, ending: str = "") -> str | Response:
    """Show what a hub's activist got of each producer's sales; without a name the round's own."""
    with this_node().db.read() as session:
        round_hub = queries.settlement_page(session, cycle_id).hub_id
        wanted = hub_id or round_hub
        if not can(SETTLEMENT, round_hub):
            allow(SETTLEMENT, wanted)
        found = queries.hub_page(session, cycle_id, wanted)
    return _share_statement(found, ending)


@blueprint.get("/rounds/<int:cycle_id>/statements/centre")
@blueprint.get("/rounds/<int:cycle_id>/statements/centre.<ending:ending>")
@permitted(SETTLEMENT)
def centre_statement(cycle_id: int, ending: str = "") -> str | Response:
    """Show what the operating centre got of each producer's sales."""
    with this_node().db.read() as session:
        found = queries.centre_page(session, cycle_id)
        allow(SETTLEMENT, found.settlement.hub_id)
    return _share_statement(found, ending)


def _share_statement(page: queries.SharePage, ending: str) -> str | Response:
    if ending == "pdf":
        return download(share_paper(page))
    if ending:
        return download(share_table(page), ending)
    return render_template(
        "assembly/settlement/share_statement.html",
        page=page,
        settlement=page.settlement,
        net=net(page.sums, page.corrections),
        number=share_number(page),
        in_full=in_full,
    )


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
        page = _PAGES[kind](session, kinds[kind])
        coming = _to_come(session, kind, kinds[kind])
    tabs = [
        {"label": say(_TABS[name]), "url": url_for("assembly.statements", of=name),
         "current": name == kind}
        for name in kinds
    ]  # fmt: skip
    return render_template(
        "assembly/settlement/statements.html", page=page, kind=kind, tabs=tabs, coming=coming
    )


_TABS = {"producer": "My sales", "hub": "My hub", "centre": "Operating centre"}


def _kinds(viewer: Viewer) -> dict[str, Sequence[int]]:
    """Return which lists the viewer may see, with the ids of the spaces in them."""
    kinds: dict[str, Sequence[int]] = {}
    if owned := sorted(viewer.spaces("owner")):
        kinds["producer"] = owned
    if hosted := sorted(viewer.spaces(ACTIVIST)):
        kinds["hub"] = hosted
    if viewer.is_steward:
        kinds["centre"] = ()
    return kinds


def _to_come(session: Session, kind: str, ids: Sequence[int]) -> list[Row[Any]]:
    """Return the corrections that the next statements will list."""
    if kind == "centre":
        return list(queries.corrections_to_come(session))
    name = "seller_id" if kind == "producer" else "hub_id"
    return [row for id_ in ids for row in queries.corrections_to_come(session, **{name: id_})]


def _sellers_page(session: Session, sellers: Sequence[int]) -> Page[Any]:
    before = read_number(asked_place() or "")
    rows = queries.statements(session, sellers, before=before, limit=SIZE + 1)
    last = rows[:SIZE][-1] if rows else None
    return paged(rows, SIZE, last and number(last.cycle_id, last.seller_id))


def _hubs_page(session: Session, hubs: Sequence[int]) -> Page[Any]:
    before = read_number(asked_place() or "")
    rows = queries.hub_statements(session, hubs, before=before, limit=SIZE + 1)
    last = rows[:SIZE][-1] if rows else None
    return paged(rows, SIZE, last and number(last.cycle_id, last.hub_id))


def _centres_page(session: Session, _all: Sequence[int]) -> Page[Any]:
    rows = queries.settlements(session, None, before=asked_number(), limit=SIZE + 1)
    last = rows[:SIZE][-1] if rows else None
    return paged(rows, SIZE, last and str(last.cycle_id))


_PAGES = {"producer": _sellers_page, "hub": _hubs_page, "centre": _centres_page}
