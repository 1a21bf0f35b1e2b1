"""What the fund's offices type."""

from __future__ import annotations

from datetime import date

from marshmallow import Schema, ValidationError, fields, validate

from ....core.values import Message
from ....core.web.schemas import Trimmed, email, line
from ..access import OFFICES
from .rules import BOOKABLE

MOST = 10_000_000_000
"""The most won that are moved at once."""

_AGREED = Message("Please ask them first, and tick this once they have said yes.", {})


def _ticked(value: bool) -> None:
    if not value:
        raise ValidationError([_AGREED])


def _amount() -> fields.Integer:
    return fields.Integer(required=True, validate=validate.Range(1, MOST))


def _key() -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=60))


class AreaForm(Trimmed):
    """An area for which money is set apart."""

    name = line(40, required=True)
    purpose = fields.String(required=True, validate=validate.Length(max=600))
    idempotency_key = _key()


class ApartForm(Trimmed):
    """Money set apart for an area, or freed again."""

    way = fields.String(required=True, validate=validate.OneOf(("apart", "free")))
    amount = _amount()
    reason = line(160, required=True)
    idempotency_key = _key()


class BookingForm(Trimmed):
    """Money that came to the fund's bank account."""

    kind = fields.String(required=True, validate=validate.OneOf(BOOKABLE))
    amount = _amount()
    day = fields.Date(required=True, validate=validate.Range(date(2000, 1, 1), date(2199, 12, 31)))
    text = line(160, required=True)
    area = fields.Integer(load_default=None, allow_none=True)
    idempotency_key = _key()


class ReasonForm(Trimmed):
    """Why something is taken back or ended."""

    reason = line(160, required=True)


class OfficeForm(Trimmed):
    """An office for a member."""

    office = fields.String(required=True, validate=validate.OneOf(OFFICES))
    email = email(required=True)
    agreed = fields.Boolean(
        required=True, validate=_ticked, error_messages={"required": _AGREED.text}
    )


class TakeForm(Schema):
    """An office to be taken from somebody."""

    office = fields.String(required=True, validate=validate.OneOf(OFFICES))
    person_id = fields.Integer(required=True, validate=validate.Range(1, 2**31 - 1))


class OpinionForm(Trimmed):
    """What the auditor says of a month or a year."""

    text = fields.String(required=True, validate=validate.Length(max=5_000))
    idempotency_key = _key()
