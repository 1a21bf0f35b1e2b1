"""What the API of events gives."""

from __future__ import annotations

from flask import url_for
from marshmallow import Schema, fields, validate

from .....core.web.api import Asked, Moment, described, mark


class EventSpaceSchema(Schema):
    """The space that invites."""

    slug = fields.String()
    name = fields.String()


class EventTimeSchema(Schema):
    """One date of an event."""

    id = fields.Integer()
    starts_at = Moment()
    ends_at = Moment()
    place = fields.String()
    called_off = fields.Boolean()
    places_left = fields.Integer(
        allow_none=True,
        metadata=described(mark("How many places are free; null is as many as like.")),
    )


class EventDateSchema(EventTimeSchema):
    """A date with the event that it is of."""

    event = fields.Integer(attribute="event_id")
    title = fields.String()
    space = fields.Nested(
        EventSpaceSchema,
        allow_none=True,
        metadata=described(mark("Who invites; null is the node itself.")),
    )
    url = fields.Function(
        lambda row: url_for("locality.api_event", event_id=row["event_id"]),
        metadata={"type": "string"},
    )


class EventSchema(Schema):
    """An event with the dates that are to come."""

    id = fields.Integer(attribute="event_id")
    title = fields.String()
    text = fields.String(metadata=described(mark("Plain Markdown.")))
    place = fields.String(attribute="event_place")
    address = fields.String()
    price = fields.String(metadata=described(mark("In words; empty is free.")))
    children = fields.Boolean(metadata=described(mark("Whether children are welcome.")))
    access = fields.String()
    signs_up = fields.Boolean()
    capacity = fields.Integer(allow_none=True)
    space = fields.Nested(EventSpaceSchema, allow_none=True)
    dates = fields.List(fields.Nested(EventTimeSchema))


class EventsAsked(Asked):
    """The coming dates of one space, or of everybody."""

    space = fields.String(
        load_default=None,
        validate=validate.Length(max=80),
        metadata=described(mark("The name of a page in addresses.")),
    )
    cursor = Asked.cursor_of(str, int)
