"""What those who write news type."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from ....core.web.schemas import line
from .rules import MOST_CAPTION, MOST_TEXT, MOST_TITLE


class NewsForm(Schema):
    """News; ``publish`` is the button that was pressed."""

    title = line(MOST_TITLE, required=True)
    text = fields.String(required=True, validate=validate.Length(max=MOST_TEXT))
    version = fields.Integer(load_default=0, validate=validate.Range(0, 2**31 - 1))
    publish = fields.Boolean(load_default=False)
    idempotency_key = fields.String(load_default="", validate=validate.Length(max=60))


class PictureForm(Schema):
    """A picture with what is seen on it, for those who do not see it."""

    caption = line(MOST_CAPTION, required=True)
