"""What people type about other nodes."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


class PresenceForm(Schema):
    """That somebody agrees to be known elsewhere."""

    agree = fields.Boolean(load_default=False)


class NameForm(Schema):
    """The whole name of somebody elsewhere."""

    name = fields.String(required=True, validate=validate.Length(3, 360))
