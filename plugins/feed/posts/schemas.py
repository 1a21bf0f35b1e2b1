"""What people type when they write."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from .rules import LONGEST, MOST_SUBJECTS, Wording


class PostForm(Schema):
    """A post; ``audience`` is one of the words, or "circle:7"."""

    text = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    place = fields.String(load_default="", validate=validate.Length(max=80))
    audience = fields.String(load_default="members", validate=validate.Length(max=20))
    subjects = fields.List(
        fields.String(validate=validate.Length(max=40)),
        load_default=list,
        validate=validate.Length(max=MOST_SUBJECTS),
    )
    caption = fields.String(load_default="", validate=validate.Length(max=200))
    version = fields.Integer(load_default=0, validate=validate.Range(0, 2**31 - 1))


class PageForm(Schema):
    """A public page; ``agree`` is asked when it is opened."""

    handle = fields.String(load_default="", validate=validate.Length(max=31))
    name = fields.String(required=True, validate=validate.Length(max=60))
    words = fields.String(load_default="", validate=validate.Length(max=500))
    caption = fields.String(load_default="", validate=validate.Length(max=200))
    agree = fields.Boolean(load_default=False)


def wording_of(text: str, audience: str, place: str, subjects: list[str]) -> Wording:
    """Return what was typed as it is written down."""
    kind, _, number = audience.partition(":")
    circle = int(number) if kind == "circle" and number.isdecimal() and len(number) < 10 else None
    return Wording(text, kind, circle, place, tuple(subjects))


def audience_of(audience: str, circle_id: int | None) -> str:
    """Return an audience as its field writes it."""
    return f"circle:{circle_id}" if audience == "circle" else audience
