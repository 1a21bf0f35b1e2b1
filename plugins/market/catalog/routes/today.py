"""A seller's goods on the page of the day: price, stock and picture of each, and "not this week",
big enough for a phone. What is refused comes back on a page of that one product."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.answers import Section
from .....core.errors import Invalid, WizzleError
from .....core.language import when
from .....core.values import Message, SpaceFace
from .....core.web import Form, asked_place, can, paged, permitted, this_node, this_tongue, told
from ...pages import ID, blueprint
from .. import actions, queries
from ..access import MANAGE, own_product, own_seller, this_hand
from ..actions import Day
from ..queries import SELLERS, AnyRow, Place
from ..rules import back_at, titled
from ..schemas import DayForm, read_day
from .photographs import brought_picture, kept_picture

SIZE = 30


def on_today(session: Session, space: SpaceFace) -> list[Section]:
    """Return the goods of a seller, those that are off this week last."""
    if space.kind not in SELLERS or not can(MANAGE, space.id):
        return []
    after = Place.read(asked_place())
    rows = queries.goods_of(session, space.id, limit=SIZE + 1, after=after)
    place = str(Place(rows[SIZE - 1].name, rows[SIZE - 1].id)) if len(rows) > SIZE else None
    page = paged(rows, SIZE, place)
    goods = sorted(page.rows, key=lambda row: not row.listed)
    context = {"space": space, "goods": goods, "page": page, "sets_price": _owns(space.id)}
    return [Section("market/catalog/today.html", context, order=50)]


def _owns(seller_id: int) -> bool:
    return this_hand(seller_id).sets_price


@blueprint.route(f"/spaces/<slug>/today/goods/<{ID}:product_id>", methods=["GET", "POST"])
@permitted(MANAGE)
def day_of_product(slug: str, product_id: int) -> Any:
    """Set the price and the stock of one product."""
    form = Form(DayForm())
    if not form.submitted():
        return _one(slug, product_id, form)
    with this_node().db.read() as session:
        seller = own_seller(session, slug)
        product = own_product(session, seller, product_id)
    try:
        _set(seller.id, product, form.data)
    except WizzleError as error:
        form.failed(error)
        return _one(slug, product_id, form)
    return _back(slug, product_id)


def _set(seller_id: int, product: AnyRow, typed: Mapping[str, Any]) -> None:
    price, stock, was = read_day({**typed, "price": typed["price"] or str(product.price)})
    day = Day(price, stock, was, typed["version"])
    if actions.set_day(this_node().db, product, day, this_hand(seller_id)):
        told("%(name)s is saved.", name=titled(product.name, product.variant))
    else:
        told("Nothing was different.", "note")


@blueprint.post(f"/spaces/<slug>/today/goods/<{ID}:product_id>/picture")
@permitted(MANAGE)
def day_picture(slug: str, product_id: int) -> Any:
    """Take a new picture of one product."""
    form = Form(DayForm())
    with this_node().db.read() as session:
        seller = own_seller(session, slug)
        product = own_product(session, seller, product_id)
    try:
        picture, hand = brought_picture(), this_hand(seller.id)
        if picture is None:
            raise Invalid({"picture": [Message("Please take or choose a picture first.", {})]})
        name = titled(product.name, product.variant)
        with this_node().db.write() as session:
            actions.change_product(
                session, product_id, actions.draft_of(product), version=product.version, hand=hand,
                picture_id=kept_picture(session, picture, product.caption or name, hand),
            )  # fmt: skip
    except WizzleError as error:
        form.failed(error)
        return _one(slug, product_id, form)
    told("The picture is there.")
    return _back(slug, product_id)


@blueprint.post(f"/spaces/<slug>/today/goods/<{ID}:product_id>/listed")
@permitted(MANAGE)
def day_listed(slug: str, product_id: int) -> Response:
    """Leave a product out for this week, or put it back; what was ordered stays ordered."""
    listed = request.form.get("listed") == "yes"
    with this_node().db.write() as session:
        seller = own_seller(session, slug)
        product = own_product(session, seller, product_id)
        hand, name = this_hand(seller.id), titled(product.name, product.variant)
        if listed:
            actions.put_on_list(session, product_id, True, hand=hand)
        else:
            until = _until(session, product_id)
            actions.rest(session, product_id, until, hand=hand)
    if listed:
        told("%(name)s can be ordered again.", name=name)
    else:
        words = when(until, _zone(), this_tongue().language)
        told("%(name)s cannot be ordered until %(time)s. Then it is back by itself.",
             name=name, time=words)  # fmt: skip
    return _back(slug, product_id)


def _until(session: Session, product_id: int) -> datetime:
    node = this_node()
    sales = node.host.collect(
        "sale_occasions", node=node, session=session, product_ids=frozenset({product_id})
    )
    return back_at(product_id, sales, node.clock.now(), _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(this_node().settings.node.time_zone)


def _one(slug: str, product_id: int, form: Form) -> Any:
    with this_node().db.read() as session:
        seller = own_seller(session, slug)
        product = own_product(session, seller, product_id)
    page = render_template(
        "market/catalog/today_one.html",
        space=seller, good=product, form=form, sets_price=_owns(seller.id),
    )  # fmt: skip
    return page, form.status


def _back(slug: str, product_id: int) -> Response:
    after = request.args.get("after") or None
    return redirect(url_for("core.today", slug=slug, after=after, _anchor=f"g{product_id}"))
