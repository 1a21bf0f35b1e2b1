"""What the API of news gives and takes."""

from __future__ import annotations

from flask import url_for
from marshmallow import Schema, fields, validate

from .....core.web import picture_url
from .....core.web.api import Asked, Flag, Moment, described, mark
from .....core.web.schemas import line
from ..rules import MOST_TEXT, MOST_TITLE


class NewsSpaceSchema(Schema):
    """The space that tells."""

    slug = fields.String()
    name = fields.String()


class NewsTile(Schema):
    """News as lists show them."""

    id = fields.Integer()
    title = fields.String()
    text = fields.String(metadata=described(mark("Plain Markdown.")))
    state = fields.String(metadata=described(mark("draft, public or withdrawn.")))
    version = fields.Integer()
    pinned = fields.Boolean()
    published_at = Moment(allow_none=True)
    changed_at = Moment()
    space = fields.Nested(
        NewsSpaceSchema,
        allow_none=True,
        metadata=described(mark("Whose news they are; null is the node itself.")),
    )
    url = fields.Function(
        lambda row: url_for("locality.api_one_news", news_id=row["id"]), metadata={"type": "string"}
    )


class NewsPictureSchema(Schema):
    """A picture with what is seen on it."""

    url = fields.Function(lambda row: picture_url(row.digest), metadata={"type": "string"})
    caption = fields.String()
    width = fields.Integer()
    height = fields.Integer()


class NewsSchema(NewsTile):
    """News in full."""

    pictures = fields.List(fields.Nested(NewsPictureSchema))


class NewsAsked(Asked):
    """The news of one space, or of everybody."""

    space = fields.String(
        load_default=None,
        validate=validate.Length(max=80),
        metadata=described(mark("The name of a page in addresses.")),
    )
    cursor = Asked.cursor_of(str, int)


class NewNewsSchema(Schema):
    """News to be written."""

    title = line(MOST_TITLE, required=True)
    text = fields.String(
        required=True,
        validate=validate.Length(1, MOST_TEXT),
        metadata=described(mark("Plain Markdown.")),
    )
    space = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=80),
        metadata=described(mark("Whose news they are; null is the node itself.")),
    )
    publish = Flag(load_default=False, metadata=described(mark("Make it public at once.")))


class NewsChange(Schema):
    """What is named is changed; with an older version nothing is."""

    title = line(MOST_TITLE)
    text = fields.String(validate=validate.Length(1, MOST_TEXT))
    version = fields.Integer(required=True, validate=validate.Range(1, 2**31 - 1))
    state = fields.String(
        validate=validate.OneOf(["public", "withdrawn"]),
        metadata=described(mark("Publish or withdraw it.")),
    )
