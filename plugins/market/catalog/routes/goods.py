"""A seller's own goods: the list with its stock, offering, changing, taking off."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import Refused
from .....core.web import (
    Form,
    asked_place,
    paged,
    permitted,
    this_node,
    told,
)
from ...pages import ID, blueprint
from .. import actions, queries
from ..access import MANAGE, own_product, own_seller, this_hand
from ..queries import AnyRow, Place
from ..schemas import StockForm, read_stock
from .words import today

SIZE = 50
REMINDED = timedelta(days=30)
"""So long before a certificate ends its seller is reminded of it."""


@blueprint.get("/spaces/<slug>/goods")
@permitted(MANAGE)
def goods(slug: str) -> Any:
    """List a seller's goods with their stock."""
    return _list(slug)


def _list(slug: str, form: Form | None = None, product_id: int | None = None) -> Any:
    with this_node().db.read() as session:
        seller = own_seller(session, slug)
        rows = queries.goods_of(session, seller.id, limit=SIZE + 1, after=Place.read(asked_place()))
    place = str(Place(rows[SIZE - 1].name, rows[SIZE - 1].id)) if len(rows) > SIZE else None
    page = render_template(
        "market/catalog/goods.html",
        seller=seller,
        page=paged(rows, SIZE, place),
        form=form,
        formed_id=product_id,
        stock_state=queries.stock_state,
        runs_out=partial(_runs_out, today()),
    )
    return page, form.status if form else 200


def _runs_out(day: date, product: AnyRow) -> str:
    """Return "over" for a certificate that is not shown any more, "soon" for one that will not be
    before long, else ""."""
    until = product.certificate_until
    if until is None or until < day:
        return "over"
    return "soon" if until < day + REMINDED else ""


@blueprint.post(f"/spaces/<slug>/goods/<{ID}:product_id>/stock")
@permitted(MANAGE)
def count_stock(slug: str, product_id: int) -> Any:
    """Set the stock of one product from the list."""
    form = Form(StockForm())
    form.submitted()
    with this_node().db.read() as session:
        seller = own_seller(session, slug)
        product = own_product(session, seller, product_id)
    try:
        stock, was = read_stock(form.data["stock"]), read_stock(form.data["was"])
        with this_node().db.write() as session:
            actions.set_stock(session, product_id, stock, was=was, hand=this_hand(seller.id))
    except Refused as error:
        form.failed(error)
        return _list(slug, form, product_id)
    if stock is None:
        told("%(name)s is on demand now.", name=product.name)
    else:
        told("The stock of %(name)s is %(stock)s now.", name=product.name, stock=stock)
    return to_goods(slug)


@blueprint.post(f"/spaces/<slug>/goods/<{ID}:product_id>/listed")
@permitted(MANAGE)
def put_on_list(slug: str, product_id: int) -> Any:
    """Take a product off the catalogue, or put it back."""
    listed = request.form.get("listed") == "yes"
    with this_node().db.write() as session:
        seller = own_seller(session, slug)
        product = own_product(session, seller, product_id)
        actions.put_on_list(session, product_id, listed, hand=this_hand(seller.id))
    if listed:
        told("%(name)s is in the catalogue again.", name=product.name)
    else:
        told("%(name)s is off the catalogue. What was ordered stays ordered.", name=product.name)
    return to_goods(slug)


def to_goods(slug: str) -> Response:
    """Go back to the list, to the part of it that one came from."""
    place = request.args.get("after") or None
    return redirect(url_for("market.goods", slug=slug, after=place))
