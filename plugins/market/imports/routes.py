"""Producers and goods from files on the website: look at every row, take it in, take it back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session

from ....core.answers import Rule, Section
from ....core.errors import WizzleError
from ....core.node import Node
from ....core.values import STEWARD, Viewer
from ....core.web import Form, allow, permitted, this_node, this_viewer, told
from ..catalog import queries as catalog
from ..catalog.actions import Hand
from ..pages import ID, blueprint
from . import queries
from .actions import Done, import_producers, import_products, undo_import
from .rules import Outcome, Table
from .schemas import Brought, ImportForm, brought_file

ALL = "market.imports.all"
GOODS = "market.goods.manage"
RULES = (Rule(ALL, roles=frozenset({STEWARD})),)

SHOWN = 300
"""Rows of a report that the page shows; those that need a look come first."""

_FIRST = (Outcome.REFUSED, Outcome.CHANGED, Outcome.REPEATED, Outcome.MADE, Outcome.UNCHANGED)


def on_my_page(viewer: Viewer) -> list[Section]:
    """Return the steward's way to these pages."""
    return [Section("market/imports/mine.html", order=70)] if viewer.is_steward else []


@blueprint.route("/market/imports", methods=["GET", "POST"])
@permitted(ALL)
def imports() -> Any:
    """Take in producers, or goods of any of them."""
    return _page(None)


@blueprint.route("/spaces/<slug>/goods/import", methods=["GET", "POST"])
@permitted(GOODS)
def import_goods(slug: str) -> Any:
    """Take in the goods of one seller."""
    with this_node().db.read() as session:
        seller = catalog.seller_by_slug(session, slug)
    allow(GOODS, seller.id)
    return _page(seller)


def _page(seller: Any | None) -> Any:
    form = Form(ImportForm())
    brought = report = None
    if form.submitted():
        try:
            brought = brought_file()
            done = _take(seller, form.data, brought)
            if form.data["confirmed"]:
                told("The file is taken in.")
                return redirect(url_for("market.one_import", number=done.id))
            report = done.report
        except WizzleError as error:
            form.failed(error)
    with this_node().db.read() as session:
        earlier = queries.imports(session, seller_id=seller.id if seller else None)
    page = render_template(
        "market/imports/imports.html",
        seller=seller,
        fields=form,
        brought=brought,
        report=report,
        rows=sorted(report.rows, key=_weight)[:SHOWN] if report else (),
        earlier=earlier,
    )
    return page, form.status


def _weight(row: Any) -> tuple[int, int]:
    return (_FIRST.index(row.outcome), row.line)


def _take(seller: Any | None, data: dict[str, Any], brought: Brought) -> Done:
    """Do the import, and undo it at once unless it is confirmed: both go the same way."""
    node, table = this_node(), brought.table()
    with node.db.write() as session:
        if data["kind"] == "producers" and seller is None:
            done = import_producers(session, table, file_name=brought.name, hand=_hand(node, None))
        else:
            done = _take_products(node, session, table, seller, brought.name)
        if not data["confirmed"]:
            session.rollback()
    return done


def _take_products(
    node: Node, session: Session, table: Table, seller: Any | None, name: str
) -> Done:
    sellers = queries.known_sellers(session)
    if seller is not None:
        sellers = [each for each in sellers if each.id == seller.id]
    hand = _hand(node, seller.id if seller else None)
    return import_products(session, table, sellers=sellers, file_name=name, hand=hand)


def _hand(node: Node, seller_id: int | None) -> Hand:
    viewer = this_viewer()
    owns = viewer is not None and seller_id is not None and (seller_id, "owner") in viewer.roles
    return Hand(node.clock.now(), viewer.id if viewer else None, sets_price=owns)


@blueprint.get(f"/market/imports/<{ID}:number>")
@permitted(GOODS)
def one_import(number: int) -> Any:
    """Show what became of every row of an import."""
    with this_node().db.read() as session:
        done = queries.import_named(session, number)
        allow(GOODS if done.seller_id else ALL, done.seller_id)
        rows = queries.rows_of(session, number, limit=SHOWN)
        seller = catalog.seller_by_id(session, done.seller_id) if done.seller_id else None
        return render_template("market/imports/import.html", done=done, rows=rows, seller=seller)


@blueprint.post(f"/market/imports/<{ID}:number>/undo")
@permitted(GOODS)
def undo(number: int) -> Any:
    """Take an import back."""
    node = this_node()
    with node.db.write() as session:
        done = queries.import_named(session, number)
        allow(GOODS if done.seller_id else ALL, done.seller_id)
        undone = undo_import(session, number, hand=_hand(node, done.seller_id))
    return render_template("market/imports/undone.html", done=undone, number=number)
