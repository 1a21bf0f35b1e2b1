"""A seller's own goods: the list with its stock, offering, changing, taking off."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound, Refused, WizzleError
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
from ...routes import ID, blueprint
from .. import actions, queries
from ..actions import Hand, PriceIsSellers
from ..queries import AnyRow, Place
from ..schemas import NewProductForm, ProductForm, StockForm, read_draft, read_new, read_stock
from .history import told_history
from .photographs import brought_picture, kept_picture

MANAGE = "market.goods.manage"
SIZE = 50


def _seller(session: Session, slug: str) -> AnyRow:
    seller = queries.seller_by_slug(session, slug)
    allow(MANAGE, seller.id)
    return seller


def _product(session: Session, seller: AnyRow, product_id: int) -> AnyRow:
    product = queries.product_page(session, product_id)
    if product.seller_id != seller.id:
        raise NotFound("There is no such product. It may have been taken off the list.")
    return product


def _hand(seller_id: int) -> Hand:
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
        seller = _seller(session, slug)
        rows = queries.goods_of(session, seller.id, limit=SIZE + 1, after=Place.read(asked_place()))
    place = str(Place(rows[SIZE - 1].name, rows[SIZE - 1].id)) if len(rows) > SIZE else None
    page = render_template(
        "market/catalog/goods.html",
        seller=seller,
        page=paged(rows, SIZE, place),
        form=form,
        formed_id=product_id,
        stock_state=queries.stock_state,
    )
    return page, form.status if form else 200


@blueprint.route("/spaces/<slug>/goods/new", methods=["GET", "POST"])
@permitted(MANAGE)
def new_product(slug: str) -> Any:
    """Offer a new product."""
    node = this_node()
    with node.db.read() as session:
        seller = _seller(session, slug)
        categories = queries.categories(session)
    form = Form(NewProductForm(), initial={"minimum": "1", "step": "1"})
    if form.submitted():
        try:
            _add(seller.id, form)
            return _back(slug)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "market/catalog/edit.html", seller=seller, fields=form, categories=categories, product=None
    )
    return page, form.status


def _add(seller_id: int, form: Form) -> None:
    draft, stock = read_new(form.data)
    picture, hand = brought_picture(), _hand(seller_id)
    with this_node().db.write() as session:
        actions.add_product(
            session,
            seller_id,
            draft,
            stock=stock,
            hand=hand,
            picture_id=kept_picture(session, picture, form.data["caption"], hand),
        )
    told("%(name)s is in the catalogue now.", name=draft.name)


@blueprint.route(f"/spaces/<slug>/goods/<{ID}:product_id>", methods=["GET", "POST"])
@permitted(MANAGE)
def edit_product(slug: str, product_id: int) -> Any:
    """Change a product; the price only by the seller's own hand."""
    node = this_node()
    with node.db.read() as session:
        seller = _seller(session, slug)
        product = _product(session, seller, product_id)
        categories, history = queries.categories(session), queries.history_of(session, product_id)
    hand = _hand(seller.id)
    form = Form(ProductForm(), initial=_typed(product))
    if form.submitted():
        try:
            _change(product_id, form, hand)
            return _back(slug)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "market/catalog/edit.html",
        seller=seller,
        fields=form,
        product=product,
        categories=categories,
        history=told_history(history),
        sets_price=hand.sets_price,
    )
    return page, form.status


def _typed(product: AnyRow) -> dict[str, Any]:
    """Return a product as its seller would type it."""
    kept = ("name", "category", "tax_class", "origin", "storage", "minimum", "step", "version")
    return {
        **{name: getattr(product, name) for name in (*kept, "description")},
        "unit": product.unit_label,
        "price": str(product.price),
        "caption": product.caption or "",
    }


def _change(product_id: int, form: Form, hand: Hand) -> None:
    node, draft, picture = this_node(), read_draft(form.data), brought_picture()
    caption = form.data["caption"]
    try:
        with node.db.write() as session:
            changed = actions.change_product(
                session,
                product_id,
                draft,
                version=form.data["version"],
                hand=hand,
                picture_id=kept_picture(session, picture, caption, hand),
            )
            changed |= picture is None and actions.caption_picture(session, product_id, caption)
    except PriceIsSellers:
        # What was refused is undone; that it was tried stays written, for the seller to see.
        with node.db.write() as session:
            actions.note_refused_price(session, product_id, draft.price, hand)
        raise
    if changed:
        told("%(name)s is saved.", name=draft.name)
    else:
        told("Nothing was different.", "note")


@blueprint.post(f"/spaces/<slug>/goods/<{ID}:product_id>/stock")
@permitted(MANAGE)
def count_stock(slug: str, product_id: int) -> Any:
    """Set the stock of one product from the list."""
    form = Form(StockForm())
    form.submitted()
    with this_node().db.read() as session:
        seller = _seller(session, slug)
        product = _product(session, seller, product_id)
    try:
        stock, was = read_stock(form.data["stock"]), read_stock(form.data["was"])
        with this_node().db.write() as session:
            actions.set_stock(session, product_id, stock, was=was, hand=_hand(seller.id))
    except Refused as error:
        form.failed(error)
        return _list(slug, form, product_id)
    if stock is None:
        told("%(name)s is on demand now.", name=product.name)
    else:
        told("The stock of %(name)s is %(stock)s now.", name=product.name, stock=stock)
    return _back(slug)


@blueprint.post(f"/spaces/<slug>/goods/<{ID}:product_id>/listed")
@permitted(MANAGE)
def put_on_list(slug: str, product_id: int) -> Any:
    """Take a product off the catalogue, or put it back."""
    listed = request.form.get("listed") == "yes"
    with this_node().db.write() as session:
        seller = _seller(session, slug)
        product = _product(session, seller, product_id)
        actions.put_on_list(session, product_id, listed, hand=_hand(seller.id))
    if listed:
        told("%(name)s is in the catalogue again.", name=product.name)
    else:
        told("%(name)s is off the catalogue. What was ordered stays ordered.", name=product.name)
    return _back(slug)


def _back(slug: str) -> Response:
    place = request.args.get("after") or None
    return redirect(url_for("market.goods", slug=slug, after=place))
