"""What people type about a claim."""

from __future__ import annotations

from datetime import date

from marshmallow import fields, validate

from ....core.banks import BANKS
from ....core.web.schemas import Trimmed, line
from .rules import MOST

_DAYS = validate.Range(date(2000, 1, 1), date(2199, 12, 31))


class _Wish(Trimmed):
    earmark_id = fields.Integer(required=True, validate=validate.Range(1, 2_000_000_000))
    purpose = line(120, required=True)
    amount = fields.Integer(required=True, validate=validate.Range(1, MOST))
    bought_on = fields.Date(required=True, validate=_DAYS)
    seller = line(80, required=True)


class ClaimForm(_Wish):
    """A claim with the bank account that it is paid to."""

    bank = fields.String(required=True, validate=validate.OneOf(BANKS))
    number = line(40, required=True)
    holder = line(60, required=True)
    idempotency_key = fields.String(load_default="", validate=validate.Length(max=60))


class ChangeForm(_Wish):
    """A claim that is handed in again; without a number the account stays."""

    bank = fields.String(load_default="", validate=validate.OneOf(["", *BANKS]))
    number = line(40, load_default="")
    holder = line(60, load_default="")
    answer = line(500, load_default="")


class CheckForm(Trimmed):
    """What everyone may read of a claim."""

    wording = line(120, required=True)


class WhyForm(Trimmed):
    """A question or a reason."""

    why = line(500, required=True)


class RunForm(Trimmed):
    """A run, with the sum that the page showed."""

    shown = fields.Integer(required=True, validate=validate.Range(0, 10**15))
    idempotency_key = fields.String(required=True, validate=validate.Length(1, 80))
