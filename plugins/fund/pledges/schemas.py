"""What people type about drives."""

from __future__ import annotations

from datetime import date

from marshmallow import fields, validate

from ....core.web.schemas import Trimmed, line
from .rules import LEAST, MOST_DAYS, MOST_GOAL, MOST_REPORTS, MOST_STEPS

DAYS = validate.Range(date(2000, 1, 1), date(2199, 12, 31))
_GIFT = validate.Range(LEAST, 100_000_000)
_LATER = validate.Range(1, 730)
"""The money is used within two years (Donations Act article 12)."""


def words(most: int) -> fields.String:
    """Return a field of several lines of text."""
    return fields.String(required=True, validate=validate.Length(max=most))


def _won(least: int = 1, **options: object) -> fields.Integer:
    return fields.Integer(validate=validate.Range(least, MOST_GOAL), **options)  # type: ignore[arg-type]


def _key() -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=60))


class _DriveFields(Trimmed):
    space_id = fields.Integer(load_default=None, validate=validate.Range(1, 2**31 - 1))
    title = line(120, required=True)
    summary = line(200, required=True)
    story = words(20_000)
    minimum = _won(LEAST, required=True)
    optimum = _won(LEAST, required=True)
    for_minimum = words(500)
    for_optimum = fields.String(load_default="", validate=validate.Length(max=500))
    first_days = fields.Integer(required=True, validate=validate.Range(7, MOST_DAYS))
    second_days = fields.Integer(load_default=0, validate=validate.Range(0, MOST_DAYS))
    carrier = line(200, required=True)
    version = fields.Integer(load_default=0)
    idempotency_key = _key()


def _steps() -> dict[str, fields.Field[object]]:
    found: dict[str, fields.Field[object]] = {}
    for number in range(1, MOST_STEPS + 1):
        found[f"step_{number}_title"] = line(120, load_default="")  # type: ignore[assignment]
        found[f"step_{number}_amount"] = _won(load_default=None)  # type: ignore[assignment]
        found[f"step_{number}_days"] = fields.Integer(load_default=None, validate=_LATER)  # type: ignore[assignment]
    for number in range(1, MOST_REPORTS + 1):
        found[f"report_{number}_days"] = fields.Integer(load_default=None, validate=_LATER)  # type: ignore[assignment]
    return found


DriveForm = type("DriveForm", (_DriveFields,), {**_steps(), "__doc__": "A drive and its steps."})


class RewardForm(Trimmed):
    """Something that is given in return for a pledge."""

    title = line(120, required=True)
    text = fields.String(load_default="", validate=validate.Length(max=500))
    price = _won(LEAST, required=True)
    number = fields.Integer(load_default=None, validate=validate.Range(1, 10_000))
    ready_on = fields.Date(required=True, validate=DAYS)
    idempotency_key = _key()


class NewsForm(Trimmed):
    """News of a drive."""

    title = line(120, required=True)
    text = words(5_000)
    idempotency_key = _key()


class Percent(fields.Field[int]):
    """A rate as people type it ("15", "7.5"), in basis points."""

    default_error_messages = {"invalid": "Not a valid number."}  # noqa: RUF012

    def _deserialize(self, value: object, attr: object, data: object, **kwargs: object) -> int:
        whole, _, rest = str(value).strip().rstrip("% ").partition(".")
        digits = whole + rest
        if not (digits.isascii() and digits.isdecimal()) or len(whole) > 4 or len(rest) > 2:
            raise self.make_error("invalid")
        return int(whole or 0) * 100 + int(rest.ljust(2, "0") or 0)


class NoticeForm(Trimmed):
    """What the treasurer writes for the law when a drive is opened."""

    organiser = line(120, required=True)
    contact = line(120, required=True)
    representative = line(60, required=True)
    office = line(120, load_default="")
    registration = line(60, load_default="")
    tax_benefit = fields.Boolean(load_default=False)
    cost_bp = Percent(required=True, validate=validate.Range(0, 10_000))
    results = line(200, required=True)
    use_until = fields.Date(required=True, validate=DAYS)
    account = line(120, required=True)


class ReasonForm(Trimmed):
    """Why something is not done."""

    reason = words(500)


class PledgeForm(Trimmed):
    """A pledge: an amount, or so many of a reward."""

    reward_id = fields.Integer(load_default=None, validate=validate.Range(1, 2**31 - 1))
    amount = fields.Integer(load_default=None, validate=_GIFT)
    quantity = fields.Integer(load_default=1, validate=validate.Range(1, 100))
    wants_receipt = fields.Boolean(load_default=False)
    idempotency_key = _key()


class MatchForm(Trimmed):
    """A match fund and its four caps."""

    title = line(120, required=True)
    giver = fields.String(required=True, validate=validate.Regexp(r"\A(area|space):\d{1,9}\Z"))
    amount = _won(LEAST, required=True)
    factor_bp = Percent(required=True, validate=validate.Range(1_000, 100_000))
    per_pledge = _won(required=True)
    per_drive = _won(required=True)
    per_person = _won(required=True)
    drives = fields.List(
        fields.Integer(validate=validate.Range(1, 2**31 - 1)),
        load_default=list,
        validate=validate.Length(max=50),
    )
    idempotency_key = _key()
