"""What is to stand on the card of a year."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

MOST = 3
"""So much fits on a card."""


class CardForm(Schema):
    """Nothing is chosen beforehand; ``named``: with one's name."""

    chosen = fields.List(fields.String(validate=validate.Length(max=20)), required=True)
    named = fields.Boolean(load_default=False)
