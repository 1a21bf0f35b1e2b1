"""What people type about donations."""

from __future__ import annotations

from marshmallow import fields, validate

from ....core.web.schemas import Trimmed, email, line
from ..campaigns.schemas import DAYS, words
from .rules import MOST_GIFT, MOST_GOAL, WAYS


class Percent(fields.Field[int]):
    """A rate as people type it ("15", "7.5"), in basis points."""

    default_error_messages = {"invalid": "Not a valid number."}  # noqa: RUF012

    def _deserialize(self, value: object, attr: object, data: object, **kwargs: object) -> int:
        whole, _, rest = str(value).strip().rstrip("% ").partition(".")
        digits = whole + rest
        if not (digits.isascii() and digits.isdecimal()) or len(whole) > 3 or len(rest) > 2:
            raise self.make_error("invalid")
        return int(whole or 0) * 100 + int(rest.ljust(2, "0") or 0)


def _day() -> fields.Date:
    return fields.Date(required=True, validate=DAYS)


class NoticeForm(Trimmed):
    """The legal notice of an appeal."""

    organiser = line(120, required=True)
    contact = line(120, required=True)
    representative = line(60, required=True)
    office = line(120, load_default="")
    registration = line(60, load_default="")
    purpose = words(500)
    tax_benefit = fields.Boolean(load_default=False)
    cost_bp = Percent(required=True, validate=validate.Range(0, 10_000))
    results = line(200, required=True)
    goal = fields.Integer(required=True, validate=validate.Range(1, MOST_GOAL))
    collect_from = _day()
    collect_until = _day()
    use_from = _day()
    use_until = _day()
    account = line(120, required=True)
    reward = line(200, load_default="")


class GiveForm(Trimmed):
    """A gift of a member."""

    amount = fields.Integer(required=True, validate=validate.Range(1_000, MOST_GIFT))
    way = fields.String(required=True, validate=validate.OneOf(WAYS))
    wants_receipt = fields.Boolean(load_default=False)
    idempotency_key = fields.String(load_default="", validate=validate.Length(max=60))


class GuestGiveForm(GiveForm):
    """A gift of somebody without an account."""

    name = line(60, load_default="")
    email = email(required=True)
    agree = fields.Boolean(load_default=False)


class SpendingForm(Trimmed):
    """Money that went out."""

    spent_on = _day()
    amount = fields.Integer(required=True, validate=validate.Range(1, MOST_GOAL))
    purpose = line(120, required=True)
    evidence = line(200, required=True)
    is_cost = fields.Boolean(load_default=False)
    idempotency_key = fields.String(load_default="", validate=validate.Length(max=60))


class ResultForm(Trimmed):
    """The account of a campaign."""

    text = words(20_000)
