"""What stewards type about the alliance."""

from __future__ import annotations

from marshmallow import Schema, ValidationError, fields, validate

from ....core.values import Message
from ....core.web.schemas import Trimmed, line
from .rules.blocks import MOST_SPACES, MOST_TEXT, has_picture
from .rules.papers import is_link

MOST_CHARTER = 60_000


def _link(text: str) -> None:
    if text.strip() and not is_link(text.strip()):
        raise ValidationError([Message("Please write an address that begins with https://", {})])


def _words(text: str) -> None:
    if has_picture(text):
        raise ValidationError(
            [Message("Pictures do not stand in words: add one as a part of its own.", {})]
        )


def _text(most: int, **options: object) -> fields.String:
    return fields.String(validate=[validate.Length(max=most), _words], **options)  # type: ignore[arg-type]


class CharterForm(Trimmed):
    """A version of the charter."""

    title = line(120, required=True)
    text = _text(MOST_CHARTER, required=True)
    changed = line(300, load_default="")
    in_force_on = fields.Date(required=True)


class TermForm(Trimmed):
    """Somebody's term of office."""

    name = line(60, required=True)
    role = line(80, required=True)
    text = line(300, load_default="")
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(load_default=None)


class MomentForm(Trimmed):
    """Something of the history."""

    title = line(120, required=True)
    text = fields.String(load_default="", validate=validate.Length(max=1_000))
    day = fields.Date(required=True)
    precise = fields.String(load_default="day", validate=validate.OneOf(["day", "month", "year"]))


class PartnerForm(Trimmed):
    """Somebody whom the alliance works with."""

    name = line(120, required=True)
    text = line(300, load_default="")
    url = fields.String(load_default="", validate=[validate.Length(max=300), _link])


class DocumentForm(Trimmed):
    """A document: its file comes beside, or it is a link."""

    title = line(120, required=True)
    day = fields.Date(required=True)
    url = fields.String(load_default="", validate=[validate.Length(max=300), _link])


class TextBlock(Trimmed):
    text = _text(MOST_TEXT, required=True)


class PictureBlock(Trimmed):
    caption = line(200, required=True)


class SpacesBlock(Schema):
    ids = fields.List(
        fields.Integer(validate=validate.Range(1, 2**31 - 1)), load_default=list,
        validate=validate.Length(1, MOST_SPACES),
    )  # fmt: skip


class NumbersBlock(Trimmed):
    name = line(60, required=True)
