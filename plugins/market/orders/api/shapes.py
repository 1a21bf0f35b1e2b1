"""What the API of orders gives and takes."""

from __future__ import annotations

from typing import Any

from flask import url_for
from marshmallow import Schema, fields, validate

from .....core.web.api import Asked, Moment, Won, described, mark
from ...catalog.rules import MAX_PRICE, MAX_QUANTITY
from ..rules import AT_COLLECTION, MOST_LINES, WISHES

_ID = validate.Range(1, 2**31 - 1)
_SUM = validate.Range(0, 2**53)
STATES = ("placed", "withdrawn", "collected", "not_collected")


class IfShortSchema(Schema):
    """What to do if too little comes."""

    wish = fields.String(
        required=True,
        validate=validate.OneOf(WISHES),
        metadata=described(
            mark("less: as many as there are. substitute: something else. refund: all or none.")
        ),
    )
    up_to = Won(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, MAX_PRICE),
        metadata=described(
            mark("What something else may cost a piece, in won; only with substitute.")
        ),
    )


class ItemWish(Schema):
    """So many of a product."""

    product_id = fields.Integer(required=True, strict=True, validate=_ID)
    quantity = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_QUANTITY))
    if_short = fields.Nested(
        IfShortSchema,
        load_default=None,
        allow_none=True,
        metadata=described(
            mark("What to do if too little comes; as many as there are if not said.")
        ),
    )


_ITEMS = validate.Length(1, MOST_LINES)
_HOST = described(mark("The host_id of the place where it is collected; null is the usual one."))


class NewOrder(Schema):
    """An order to be placed."""

    occasion = fields.String(
        required=True,
        validate=validate.Length(1, 40),
        metadata=described(mark("Where and when: the occasion of an offer.")),
    )
    items = fields.List(fields.Nested(ItemWish), required=True, validate=_ITEMS)
    host_id = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=_ID, metadata=_HOST
    )
    payment = fields.String(
        load_default=AT_COLLECTION,
        validate=validate.Length(1, 40),
        metadata=described(mark("How it is paid; at_collection is always possible.")),
    )


class OrderChange(Schema):
    """The whole order as it is to be: a product that is not named is taken out."""

    version = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0, 2**31 - 1),
        metadata=described(mark("The version that was seen; with another nothing is changed.")),
    )
    items = fields.List(fields.Nested(ItemWish), required=True, validate=_ITEMS)
    host_id = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=_ID, metadata=_HOST
    )


class OrderLineSchema(Schema):
    """One product of an order, as it was agreed."""

    product_id = fields.Integer()
    name = fields.String(attribute="product_name")
    unit = fields.String(attribute="unit_label")
    seller = fields.String(attribute="seller_name")
    origin = fields.String()
    price = Won()
    quantity = fields.Integer(metadata=described(mark("What was ordered.")))
    delivered = fields.Integer(metadata=described(mark("What there is of it.")))
    sold_by = fields.String()
    expected_g = fields.Integer(allow_none=True)
    weighed_g = fields.Integer(
        allow_none=True, metadata=described(mark("What it weighs, or null."))
    )
    amount = Won(metadata=described(mark("What it costs as it stands, in won.")))
    paid = Won()
    refunded = Won()
    wish = fields.String(metadata=described(mark("What to do if too little comes.")))
    substitute_up_to = Won(allow_none=True)


class OrderTile(Schema):
    """An order as lists show it."""

    uid = fields.String(metadata=described(mark("The name in addresses.")))
    number = fields.String(metadata=described(mark("The number that people read out.")))
    code = fields.String(metadata=described(mark("The code for collection.")))
    state = fields.String(
        metadata=described(mark("placed, withdrawn, collected or not_collected."))
    )
    occasion = fields.String()
    title = fields.String()
    place = fields.String()
    address = fields.String()
    collect_from = Moment(allow_none=True)
    collect_until = Moment(allow_none=True)
    cut_off = Moment(allow_none=True)
    placed_at = Moment()
    collected_at = Moment(allow_none=True)
    paid_at = Moment(allow_none=True)
    payment = fields.String(attribute="payment_provider")
    amount = Won(metadata=described(mark("What is or was to be paid less what was given back.")))
    version = fields.Integer()
    url = fields.Function(
        lambda order: url_for("market.api_order", uid=_uid(order)), metadata={"type": "string"}
    )


def _uid(order: Any) -> str:
    return str(order["uid"] if isinstance(order, dict) else order.uid)


class OrderSchema(OrderTile):
    """An order with its goods."""

    due = Won(
        allow_none=True, metadata=described(mark("What is to be paid at collection, or null."))
    )
    can_change = fields.Boolean(
        metadata=described(mark("Whether it can still be changed and withdrawn."))
    )
    items = fields.List(fields.Nested(OrderLineSchema))


class OrdersAsked(Asked):
    """One's orders."""

    cursor = Asked.cursor_of(int)


class DeskAsked(Asked):
    """Orders of one state, found by code, number or a part of a name."""

    state = fields.String(load_default="placed", validate=validate.OneOf(STATES))
    q = fields.String(load_default="", validate=validate.Length(max=60))
    cursor = Asked.cursor_of(int)


class DeskTile(Schema):
    """An order as those see it who hand it over."""

    uid = fields.String()
    number = fields.String()
    code = fields.String()
    person = fields.String(attribute="person_name", metadata=described(mark("Who ordered.")))
    state = fields.String()
    version = fields.Integer()
    placed_at = Moment()
    collected_at = Moment(allow_none=True)
    paid_at = Moment(allow_none=True)
    amount = Won()
    paid = Won()
    refunded = Won()
    due = Won(
        allow_none=True, metadata=described(mark("What is to be taken in cash for it, or null."))
    )


class HandOver(Schema):
    """The won that are taken; with another sum than is due nothing is done."""

    shown = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=_SUM,
        metadata=described(mark("The won that the program showed to be taken.")),
    )
    cash = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=_SUM,
        metadata=described(mark("The won that were given, if it was another sum.")),
    )


class HandedOver(Schema):
    """What was taken."""

    state = fields.String()
    taken = Won(metadata=described(mark("The won that were taken just now.")))


class Why(Schema):
    """A reason that others will want to understand."""

    reason = fields.String(required=True, validate=validate.Length(1, 300))
