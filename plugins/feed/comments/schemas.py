"""What readers type."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from .rules import LONGEST


class CommentForm(Schema):
    """A comment."""

    text = fields.String(required=True, validate=validate.Length(max=LONGEST))
