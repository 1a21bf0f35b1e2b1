"""What people type about other nodes."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


class PresenceForm(Schema):
    """By which name somebody is known elsewhere, and that they agree to it."""

    handle = fields.String(required=True, validate=validate.Length(1, 31))
    name = fields.String(required=True, validate=validate.Length(1, 60))
    words = fields.String(load_default="", validate=validate.Length(max=500))
    agree = fields.Boolean(load_default=False)


class NameForm(Schema):
    """The whole name of somebody elsewhere."""

    name = fields.String(required=True, validate=validate.Length(3, 360))
