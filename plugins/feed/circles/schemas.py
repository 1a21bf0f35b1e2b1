"""What people type about their circles."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


class CircleForm(Schema):
    """What a circle is called."""

    name = fields.String(required=True, validate=validate.Length(max=60))
    words = fields.String(load_default="", validate=validate.Length(max=300))


class InviteForm(Schema):
    """Whom to invite: a handle or an e-mail address."""

    who = fields.String(required=True, validate=validate.Length(max=254))
