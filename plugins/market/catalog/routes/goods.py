"""A seller's own goods: the list with its stock, offering, changing, taking off."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound, Refused
from .....core.web import (
    Form,
    allow,
    asked_place,
    paged,
    permitted,
    this_node,
    this_viewer,
    told,
)
from ...pages import ID, blueprint
from .. import actions, queries
from ..actions import Hand
from ..queries import AnyRow, Place
from ..schemas import StockForm, read_stock
from .words import today

MANAGE = "market.goods.manage"
SIZE = 50
REMINDED = timedelta(days=30)
"""So long before a certificate ends its seller is reminded of it."""


def own_seller(session: Session, slug: str) -> AnyRow:
    """Return the seller of this address; refused unless the viewer looks after the goods there."""
    seller = queries.seller_by_slug(session, slug)
    allow(MANAGE, seller.id)
    if seller.home:
        raise actions.RunElsewhere()
    return seller


def own_product(session: Session, seller: AnyRow, product_id: int) -> AnyRow:
    """Return a product of this very seller; NotFound if it is another's."""
    product = queries.product_page(session, product_id)
    if product.seller_id != seller.id:
        raise NotFound("There is no such product. It may have been taken off the list.")
    return product


def this_hand(seller_id: int) -> Hand:
    """Return whose hand this request is: only an owner's sets prices, not a steward's."""
    viewer = this_viewer()
    owns = viewer is not None and (seller_id, "owner") in viewer.roles
    return Hand(this_node().clock.now(), viewer.id if viewer else None, sets_price=owns)


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
