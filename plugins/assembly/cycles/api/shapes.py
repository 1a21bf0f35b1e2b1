"""What the API of rounds gives and takes."""

from __future__ import annotations

from flask import url_for
from marshmallow import Schema, fields, validate

from .....core.web.api import Asked, Flag, Moment, Won, described, mark
from ....market import HandOver

RUNNING, SETTLED = "running", "settled"


class SpaceFace(Schema):
    """A space in few words."""

    slug = fields.String()
    name = fields.String()


class RoundTile(Schema):
    """A round as lists show it."""

    id = fields.Integer()
    occasion = fields.String(metadata=described(mark("Its name in an order.")))
    title = fields.String()
    state = fields.String(
        metadata=described(
            mark("open, closed, sent, received, packed, distributing or settled, by the clock.")
        )
    )
    is_open = fields.Boolean(metadata=described(mark("Whether it takes orders now.")))
    opens_at = Moment()
    cut_off = Moment()
    collect_from = Moment()
    collect_until = Moment()
    place = fields.String()
    address = fields.String()
    hub = fields.Nested(SpaceFace)
    activist_bp = fields.Integer(metadata=described(mark("The activist's share in basis points.")))
    centre_bp = fields.Integer(metadata=described(mark("The operating centre's share, likewise.")))
    url = fields.Function(
        lambda row: url_for("assembly.api_round", cycle_id=row["id"]), metadata={"type": "string"}
    )


class PlaceSchema(Schema):
    """A place where a round is collected; its host is named in an order."""

    host_id = fields.Integer()
    place = fields.String()
    address = fields.String()
    collect_from = Moment()
    collect_until = Moment()


class OfferedSchema(Schema):
    """A product that a round offers."""

    product_id = fields.Integer()
    name = fields.String()
    variant = fields.String()
    category = fields.String()
    price = Won()
    unit = fields.String(attribute="unit_label")
    sold_by = fields.String()
    expected_g = fields.Integer(allow_none=True)
    minimum = fields.Integer()
    step = fields.Integer()
    sold_out = fields.Boolean()
    seller = fields.Nested(SpaceFace)
    cut_off = Moment(
        allow_none=True, metadata=described(mark("The seller's own cut-off, if it comes earlier."))
    )


class RoundSchema(RoundTile):
    """A round with all that it offers."""

    pick_ups = fields.List(fields.Nested(PlaceSchema))
    offers = fields.List(fields.Nested(OfferedSchema))


class RoundsAsked(Asked):
    """The rounds that run now, or those that are settled."""

    state = fields.String(load_default=RUNNING, validate=validate.OneOf([RUNNING, SETTLED]))
    cursor = Asked.cursor_of(int)


class OrdersAsked(Asked):
    """Orders of a round: those that wait, those that are done, or all that fit the words."""

    done = fields.Boolean(load_default=False)
    q = fields.String(
        load_default="",
        validate=validate.Length(max=60),
        metadata=described(
            mark("A part of a name, a code, a number, or the end of a phone number.")
        ),
    )
    cursor = Asked.cursor_of(str, int)


class HubOrderTile(Schema):
    """An order as the hub sees it."""

    id = fields.Integer()
    code = fields.String()
    number = fields.String()
    person = fields.String(attribute="person_name", metadata=described(mark("Who ordered.")))
    state = fields.String()
    bags = fields.Integer(allow_none=True)
    lines = fields.Integer(metadata=described(mark("How many products.")))
    amount = Won(attribute="won")


class HubLine(Schema):
    """One product of an order as the hub sees it."""

    id = fields.Integer(attribute="line_id")
    product_id = fields.Integer()
    name = fields.String(attribute="product_name")
    unit = fields.String(attribute="unit_label")
    seller = fields.String(attribute="seller_name")
    storage = fields.String()
    quantity = fields.Integer()
    delivered = fields.Integer()
    sold_by = fields.String()
    weighed_g = fields.Integer(allow_none=True)
    amount = Won()


class HubOrderSchema(Schema):
    """An order in full, with what is to be taken for it."""

    id = fields.Integer()
    uid = fields.String()
    code = fields.String()
    number = fields.String()
    person = fields.String(attribute="person_name")
    phone = fields.String()
    state = fields.String()
    version = fields.Integer()
    bags = fields.Integer(allow_none=True)
    placed_at = Moment()
    collected_at = Moment(allow_none=True)
    paid_at = Moment(allow_none=True)
    due = Won(
        allow_none=True, metadata=described(mark("What is to be taken in cash for it, or null."))
    )
    lines = fields.List(fields.Nested(HubLine))


class RoundHandOver(HandOver):
    """The won that are taken; with another sum than is due nothing is done."""

    early = Flag(
        load_default=False,
        metadata=described(mark("That it is meant to be handed over before its day.")),
    )
