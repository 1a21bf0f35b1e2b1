"""What the core's part of the API gives and takes."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates

from .api.fields import Moment, described, mark
from .page import picture_url
from .schemas import SpaceDetails


class OperatorSchema(Schema):
    """Who runs the node (E-Commerce Act article 10)."""

    trade_name = fields.String()
    representative = fields.String()
    address = fields.String()
    phone = fields.String()
    email = fields.String()
    business_number = fields.String()


class NodeSchema(Schema):
    """The node."""

    name = fields.String(attribute="node.name")
    province = fields.String(attribute="node.province")
    county = fields.String(attribute="node.county")
    town = fields.String(attribute="node.town")
    address = fields.String(
        attribute="node.address", metadata=described(mark("Where the node is in the web."))
    )
    time_zone = fields.String(attribute="node.time_zone")
    languages = fields.List(fields.String(), attribute="node.languages")
    operator = fields.Nested(OperatorSchema)
    plugins = fields.List(fields.String(), metadata=described(mark("What is switched on here.")))
    documentation = fields.String()
    openapi = fields.String()


class SpaceTile(Schema):
    """A space as lists show it."""

    id = fields.Integer()
    slug = fields.String(metadata=described(mark("The name in addresses.")))
    kind = fields.String(metadata=described(mark("producer, shop, hub, organisation or circle.")))
    name = fields.String()
    province = fields.String()
    county = fields.String()
    intro = fields.String()
    picture_url = fields.Function(
        lambda row: picture_url(row.digest) if row.digest else None,
        metadata=described(mark("A picture of it, or null."), type=["string", "null"]),
    )


class SpaceSchema(Schema):
    """A space with the identity of whoever is responsible (E-Commerce Act article 13)."""

    id = fields.Integer()
    slug = fields.String()
    kind = fields.String()
    name = fields.String()
    intro = fields.String()
    province = fields.String()
    county = fields.String()
    address = fields.String()
    phone = fields.String()
    email = fields.String()
    representative = fields.String()
    business_number = fields.String()
    mail_order_number = fields.String()
    home = fields.String(
        metadata=described(mark("Where it is at home, if that is another node; else empty."))
    )
    picture_url = fields.String(allow_none=True)


class SpaceChange(SpaceDetails):
    """What is named is changed, as the form of its page would; all else stays as it is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(partial=True, **options)

    @validates("name")
    def _named(self, name: str, **_: Any) -> None:
        if not name.strip():
            raise ValidationError("Missing data for required field.")


class RunSchema(Schema):
    """A space that somebody runs, and as what."""

    slug = fields.String()
    name = fields.String()
    kind = fields.String()
    role = fields.String()


class MeSchema(Schema):
    """A person, to themselves."""

    name = fields.String()
    email = fields.String()
    phone = fields.String()
    language = fields.String()
    is_steward = fields.Boolean()
    spaces = fields.List(fields.Nested(RunSchema))
    data_url = fields.String(
        metadata=described(mark("The page on which all that is kept of one can be taken along."))
    )


class WebhookSchema(Schema):
    """An address that is told what happens."""

    id = fields.Integer()
    to = fields.String(metadata=described(mark("The address that is told, https alone.")))
    kinds = fields.List(fields.String())
    space = fields.String(
        allow_none=True, metadata=described(mark("The page it is about; null is the whole node."))
    )
    created_at = Moment()
    failing_since = Moment(
        allow_none=True, metadata=described(mark("Since when nothing has arrived, or null."))
    )
    ended_at = Moment(
        allow_none=True, metadata=described(mark("When it was switched off by itself, or null."))
    )
    url = fields.String()


class WebhookMade(WebhookSchema):
    """A new webhook with what signs its deliveries."""

    secret = fields.String(metadata=described(mark("What signs each delivery; shown only once.")))


class NewWebhookSchema(Schema):
    """A webhook to be made."""

    to = fields.String(
        required=True,
        validate=validate.Length(1, 500),
        metadata=described(mark("The address that is told, https alone.")),
    )
    kinds = fields.List(
        fields.String(validate=validate.Length(1, 40)),
        required=True,
        validate=validate.Length(1, 50),
    )
    space = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=80),
        metadata=described(mark("The page it is about; null is the whole node.")),
    )


class DeliverySchema(Schema):
    """One thing that a webhook was told."""

    id = fields.Integer()
    uid = fields.String(metadata=described(mark("The id that the receiver sees as webhook-id.")))
    kind = fields.String()
    state = fields.String(metadata=described(mark("waiting, done or failed.")))
    tries = fields.Integer()
    created_at = Moment()
    tried_at = Moment(allow_none=True)
    status = fields.Integer(
        allow_none=True, metadata=described(mark("What the receiver answered last, or null."))
    )
    error = fields.String(metadata=described(mark("Why there was no answer; else empty.")))
