"""What people type: open calls, applications, the code of one, and what stewards answer."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate

from ....core.values import Message
from ....core.web.schemas import Trimmed, email, line, phone
from .rules.calls import AREA, BOTH, HUB
from .rules.provinces import PROVINCES

_KEY = validate.Length(min=8, max=60)


class CallForm(Trimmed):
    """An open call; both days are included."""

    title = line(120, required=True)
    kind = fields.String(required=True, validate=validate.OneOf([AREA, HUB, BOTH]))
    rules = fields.String(required=True, validate=validate.Length(max=8_000))
    opens_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)
    published = fields.Boolean(load_default=False)
    version = fields.Integer(load_default=0)
    idempotency_key = fields.String(load_default="", validate=_KEY)


_AGREE = Message("Without this we may not take the application. Please tick it if you agree.", {})


def _ticked(value: bool) -> None:
    if not value:
        raise ValidationError([_AGREE])


def _agreed() -> fields.Boolean:
    return fields.Boolean(required=True, validate=_ticked, error_messages={"required": _AGREE.text})


class ApplicationForm(Trimmed):
    """An application of a group."""

    kind = fields.String(required=True, validate=validate.OneOf([AREA, HUB]))
    group = line(120, required=True)
    province = fields.String(
        required=True, validate=validate.OneOf([each.key for each in PROVINCES])
    )
    place = line(120, required=True)
    households = fields.Integer(required=True, validate=validate.Range(1, 100_000))
    motivation = fields.String(required=True, validate=validate.Length(max=3_000))
    name = line(60, required=True)
    email = email(required=True)
    phone = phone()
    applying = _agreed()
    age = _agreed()
    introducing = fields.Boolean(load_default=False)
    idempotency_key = fields.String(required=True, validate=_KEY)


class CodeForm(Trimmed):
    """The code of an application."""

    code = line(40, required=True)


class NoteForm(Trimmed):
    """A note among stewards."""

    text = fields.String(required=True, validate=validate.Length(max=2_000))


class StepForm(Trimmed):
    """The next step of an application, with words for those who applied."""

    state = fields.String(required=True, validate=validate.Length(max=12))
    words = fields.String(load_default="", validate=validate.Length(max=1_000))
