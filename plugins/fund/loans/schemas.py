"""What people type about lenders and loans."""

from __future__ import annotations

import re
from datetime import date

from marshmallow import ValidationError, fields, validate

from ....core.values import Message
from ....core.web.schemas import Trimmed, line
from .rules import ENTITLEMENTS, LETTER_DAYS, MOST_MONTHS, MOST_WON, WAYS

_RATE = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?\s*%?")
_DAYS = validate.Range(date(2000, 1, 1), date(2199, 12, 31))


class Rate(fields.Field[int]):
    """A yearly rate as people type it ("4", "4.5"), in basis points."""

    default_error_messages = {"invalid": "Not a valid number."}  # noqa: RUF012

    def _deserialize(self, value: object, attr: object, data: object, **kwargs: object) -> int:
        found = _RATE.fullmatch(str(value).strip())
        if found is None:
            raise self.make_error("invalid")
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def _won(least: int = 1, **options: object) -> fields.Integer:
    chosen = {"required": True, **options}
    return fields.Integer(validate=validate.Range(least, MOST_WON), **chosen)  # type: ignore[arg-type]


def _months(least: int = 1, **options: object) -> fields.Integer:
    chosen = {"required": True, **options}
    return fields.Integer(validate=validate.Range(least, MOST_MONTHS), **chosen)  # type: ignore[arg-type]


def _text(most: int, **options: object) -> fields.String:
    chosen = {"required": True, **options}
    return fields.String(validate=validate.Length(max=most), **chosen)  # type: ignore[arg-type]


def _way() -> fields.String:
    return fields.String(required=True, validate=validate.OneOf(WAYS))


def _ticked(value: bool) -> None:
    if not value:
        raise ValidationError([Message(_AGREE, {})])


_AGREE = "Without this the lender cannot decide. Please tick it if you agree."


def _agreed() -> fields.Boolean:
    return fields.Boolean(required=True, validate=_ticked, error_messages={"required": _AGREE})


def _key() -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=60))


class CalculatorForm(Trimmed):
    """An example to be worked out."""

    amount = _won(10_000)
    months = _months()
    rate = Rate(required=True, validate=validate.Range(0, 2_000))
    grace = _months(0, required=False, load_default=0)
    way = _way()


class LenderForm(Trimmed):
    """Who lends, by which entitlement, and on which terms."""

    name = line(120, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(ENTITLEMENTS)))
    number = line(120, required=True)
    contact = line(120, required=True)
    space_id = fields.Integer(load_default=None, validate=validate.Range(1, 2_000_000_000))
    most = _won()
    most_months = _months()
    rate_bp = Rate(required=True)
    late_bp = Rate(required=True)
    purposes = _text(500)
    letter_days = fields.Integer(required=True, validate=validate.Range(1, LETTER_DAYS))
    capital = _won(required=False, load_default=None)
    idempotency_key = _key()


class ApplyForm(Trimmed):
    """What a member applies for."""

    lender_id = fields.Integer(required=True, validate=validate.Range(1, 2_000_000_000))
    amount = _won(10_000)
    months = _months()
    grace = _months(0, required=False, load_default=0)
    way = _way()
    purpose = line(300, required=True)
    repay_how = _text(2_000)
    agree = _agreed()
    idempotency_key = _key()


class GuarantorForm(Trimmed):
    """For how much somebody is asked to answer."""

    amount = _won()


class GuaranteeForm(Trimmed):
    """Somebody's own press that they answer for a loan."""

    agree = _agreed()


class TermsForm(Trimmed):
    """On which terms a loan is approved."""

    amount = _won()
    months = _months()
    grace = _months(0, required=False, load_default=0)
    way = _way()
    rate_bp = Rate(required=True)
    late_bp = Rate(required=True)
    fee = fields.Integer(load_default=0, validate=validate.Range(0, MOST_WON))
    answer = _text(2_000, required=False, load_default="")


class ReasonForm(Trimmed):
    """A reason that others read."""

    reason = _text(500)


class OutForm(Trimmed):
    """On which day a loan was paid out."""

    out_on = fields.Date(required=True, validate=_DAYS)


class PaymentForm(Trimmed):
    """What was paid, and when; ``how`` says whether it is before time."""

    amount = _won()
    paid_on = fields.Date(required=True, validate=_DAYS)
    how = fields.String(required=True, validate=validate.OneOf(["plan", "part", "whole"]))
    note = line(200, load_default="")
    idempotency_key = _key()


class DeferForm(ReasonForm):
    """For how long only interest is paid, and why."""

    months = fields.Integer(required=True, validate=validate.Range(0, 24))
    version = fields.Integer(required=True)
