"""What a steward types about letters."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


class SettleForm(Schema):
    """How a matter was settled without the letter."""

    reason = fields.String(required=True, validate=validate.Length(1, 300))
