"""What people send about standing orders, and how it is read."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from ....core.errors import Invalid, Refused
from ..catalog.rules import MAX_QUANTITY, parse_won
from ..orders.rules import LESS, SUBSTITUTE, WISHES, IfShort
from .rules import ACTIVE, ENDED, EVERY, PAUSED, Terms

_ID = validate.Range(min=1, max=2**31 - 1)
_QUANTITY = validate.Range(min=1, max=MAX_QUANTITY)


class TermsForm(Schema):
    """How much, how often, how it is paid, and what to do if too little comes."""

    quantity = fields.Integer(required=True, validate=_QUANTITY)
    every = fields.Integer(required=True, validate=validate.OneOf(EVERY))
    wish = fields.String(load_default=LESS, validate=validate.OneOf(WISHES))
    up_to = fields.String(load_default="", validate=validate.Length(max=20))
    payment = fields.String(load_default=None, validate=validate.Length(max=40))


class BeginForm(TermsForm):
    """A new standing order; the key was made with the page."""

    idempotency_key = fields.String(
        required=True, validate=validate.Regexp(r"[A-Za-z0-9_-]{16,64}\Z")
    )
    host_id = fields.Integer(required=True, validate=_ID)
    begins_on = fields.Date(required=True)


class ChangeForm(TermsForm):
    """New terms of a standing order, and the version that was shown."""

    version = fields.Integer(required=True)


class StateForm(Schema):
    """Whether it goes on, rests or has ended."""

    state = fields.String(required=True, validate=validate.OneOf((ACTIVE, PAUSED, ENDED)))


class PriceForm(Schema):
    """The price that was shown."""

    price = fields.Integer(required=True, validate=validate.Range(min=1, max=2**53))


class WeekForm(Schema):
    """A day of the week that is meant."""

    on = fields.Date(required=True)


class SwapForm(WeekForm):
    """What is wanted in this week instead."""

    product_id = fields.Integer(required=True, validate=_ID)
    quantity = fields.Integer(required=True, validate=_QUANTITY)


class HolidayForm(Schema):
    """The first and the last day on which nobody is there."""

    from_on = fields.Date(required=True)
    until_on = fields.Date(required=True)


def terms_of(data: dict[str, Any]) -> Terms:
    """Return what was chosen; Invalid if something else is wished and no price is given."""
    try:
        up_to = parse_won(data["up_to"]) if data["wish"] == SUBSTITUTE else None
        if_short = IfShort(data["wish"], up_to)
    except Refused as refused:
        raise Invalid({"up_to": [refused.message]}) from refused
    return Terms(data["quantity"], data["every"], if_short, data["payment"])
