"""Offering a product and changing it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from .....core.errors import Invalid, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_node, told
from ...pages import ID, blueprint
from .. import actions, queries
from ..access import MANAGE, own_product, own_seller, this_hand
from ..actions import Hand, PriceIsSellers
from ..queries import AnyRow
from ..rules import titled
from ..schemas import NewProductForm, ProductForm, read_draft, read_new
from .fields import BLANK, another_size, as_typed, as_written, check_container, choices_of
from .goods import to_goods
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
        like = _like(session, seller)
        choices = choices_of(session)
    form = Form(NewProductForm(), initial=another_size(like) if like else BLANK)
    if form.submitted():
        try:
            _add(seller.id, form, like)
            return to_goods(slug)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "market/catalog/edit.html",
        seller=seller,
        fields=form,
        categories=categories,
        product=None,
        like=like,
        choices=choices,
    )
    return page, form.status


def _like(session: Session, seller: AnyRow) -> AnyRow | None:
    """Return the product of which another size is offered."""
    asked = request.args.get("like", "")
    if not asked.isdecimal() or len(asked) > 9:
        return None
    return own_product(session, seller, int(asked))


def _add(seller_id: int, form: Form, like: AnyRow | None) -> None:
    draft, stock = read_new(as_written(form.data))
    if like is not None and not draft.variant:
        raise Invalid({"variant": [Message("Please say which size or kind this one is.", {})]})
    picture, hand = brought_picture(), this_hand(seller_id)
    with this_node().db.write() as session:
        check_container(session, draft.container_id)
        actions.add_product(
            session,
            seller_id,
            draft,
            stock=stock,
            hand=hand,
            picture_id=kept_picture(session, picture, form.data["caption"], hand),
            like=like.id if like else None,
        )
    told("%(name)s is in the catalogue now.", name=titled(draft.name, draft.variant))


@blueprint.route(f"/spaces/<slug>/goods/<{ID}:product_id>", methods=["GET", "POST"])
@permitted(MANAGE)
def edit_product(slug: str, product_id: int) -> Any:
    """Change a product; the price only by the seller's own hand."""
    node = this_node()
    with node.db.read() as session:
        seller = own_seller(session, slug)
        product = own_product(session, seller, product_id)
        categories, history = queries.categories(session), queries.history_of(session, product_id)
        choices = choices_of(session, product)
    hand = this_hand(seller.id)
    form = Form(ProductForm(), initial=as_typed(product))
    if form.submitted():
        try:
            _change(product, form, hand)
            return to_goods(slug)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "market/catalog/edit.html",
        seller=seller,
        fields=form,
        product=product,
        categories=categories,
        choices=choices,
        history=told_history(history),
        sets_price=hand.sets_price,
    )
    return page, form.status


def _change(product: AnyRow, form: Form, hand: Hand) -> None:
    draft, picture = read_draft(as_written(form.data, product)), brought_picture()
    node, product_id, caption = this_node(), product.id, form.data["caption"]
    try:
        with node.db.write() as session:
            check_container(session, draft.container_id, product.container_id)
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
        told("%(name)s is saved.", name=titled(draft.name, draft.variant))
    else:
        told("Nothing was different.", "note")
