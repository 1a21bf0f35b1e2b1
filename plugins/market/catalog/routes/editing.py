"""Offering a product and changing it."""

from __future__ import annotations

from typing import Any

from flask import render_template

from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_node, told
from ...pages import ID, blueprint
from .. import actions, queries
from ..actions import Hand, PriceIsSellers
from ..queries import AnyRow
from ..schemas import NewProductForm, ProductForm, read_draft, read_new
from .goods import MANAGE, own_product, own_seller, this_hand, to_goods
from .history import told_history
from .photographs import brought_picture, kept_picture


@blueprint.route("/spaces/<slug>/goods/new", methods=["GET", "POST"])
@permitted(MANAGE)
def new_product(slug: str) -> Any:
    """Offer a new product."""
    node = this_node()
    with node.db.read() as session:
        seller = own_seller(session, slug)
        categories = queries.categories(session)
    form = Form(NewProductForm(), initial={"minimum": "1", "step": "1"})
    if form.submitted():
        try:
            _add(seller.id, form)
            return to_goods(slug)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "market/catalog/edit.html", seller=seller, fields=form, categories=categories, product=None
    )
    return page, form.status


def _add(seller_id: int, form: Form) -> None:
    draft, stock = read_new(form.data)
    picture, hand = brought_picture(), this_hand(seller_id)
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
        seller = own_seller(session, slug)
        product = own_product(session, seller, product_id)
        categories, history = queries.categories(session), queries.history_of(session, product_id)
    hand = this_hand(seller.id)
    form = Form(ProductForm(), initial=_typed(product))
    if form.submitted():
        try:
            _change(product_id, form, hand)
            return to_goods(slug)
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
