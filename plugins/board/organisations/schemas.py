"""What is typed about organisations, and the fields that the other rooms of the board share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import Schema, ValidationError, fields, validate

from ....core.values import Message
from ....core.web.schemas import Trimmed, email, line
from .rules import EXPENSE, FORMS, HOLDERS, INCOME, MOST_ENTRY, PLAN, REPORT, YEARS

_SECRET = re.compile(r"(?<!\d)\d{6}[ -]?[1-8]\d{6}(?!\d)")
_TYPED = "%Y-%m-%dT%H:%M"


def no_secret(text: str) -> None:
    """Refuse a resident registration number in text that everyone reads (정보통신망법 §23의2)."""
    if _SECRET.search(text):
        why = Message("This looks like a resident registration number. Please take it out.", {})
        raise ValidationError([why])


def words(most: int, **options: Any) -> fields.String:
    """Return a field of running text."""
    return fields.String(validate=[validate.Length(max=most), no_secret], **options)


def key() -> fields.String:
    """Return the field by which a form that is sent twice is known."""
    return fields.String(required=True, validate=validate.Length(1, 40))


def _year(at: datetime) -> None:
    if at.year not in range(2000, 2100):  # no time zone reckons at the ends of the calendar
        raise ValidationError("Not a valid datetime.")


def moment(**options: Any) -> fields.AwareDateTime:
    """Return a field for a day and a time on the clock of its ``Zoned`` schema."""
    return fields.AwareDateTime(format=_TYPED, validate=_year, **options)


def typed_moment(instant: datetime | None, zone: ZoneInfo) -> str:
    """Return an instant as ``moment`` reads it, nothing for None."""
    return instant.astimezone(zone).strftime(_TYPED) if instant else ""


class Zoned(Trimmed):
    """A schema whose moments are those of the node's clock."""

    def __init__(self, zone: ZoneInfo, **options: Any) -> None:
        super().__init__(**options)
        for field in self.fields.values():
            if isinstance(field, fields.AwareDateTime):
                field.default_timezone = zone


class AboutForm(Trimmed):
    """What an organisation is, and whether everyone may read its books."""

    form = fields.String(required=True, validate=validate.OneOf(list(FORMS)))
    number = line(40, load_default="")
    books_open = fields.Boolean(load_default=False)
    version = fields.Integer(load_default=0, validate=validate.Range(0, 10**6))


class SeenForm(Trimmed):
    """What a steward has seen."""

    seen = line(200, required=True)
    version = fields.Integer(load_default=0, validate=validate.Range(0, 10**6))


class TeamForm(Trimmed):
    """Whom an organisation wants to name, and for what."""

    email = email(required=True)
    task = line(60, required=True)


def _won(**options: Any) -> fields.Integer:
    return fields.Integer(validate=validate.Range(0, 10**12), **options)


class ReportForm(Trimmed):
    """A plan or a report; the document comes beside it."""

    kind = fields.String(required=True, validate=validate.OneOf([PLAN, REPORT]))
    year = fields.Integer(required=True, validate=validate.Range(YEARS.start, YEARS.stop - 1))
    text = words(10_000, load_default="")
    income = _won(load_default=None)
    expense = _won(load_default=None)
    reached = fields.Integer(load_default=None, validate=validate.Range(0, 10**8))
    drop_paper = fields.Boolean(load_default=False)
    version = fields.Integer(load_default=0, validate=validate.Range(0, 10**6))


class EntryForm(Trimmed):
    """Money that came in or went out."""

    kind = fields.String(required=True, validate=validate.OneOf([INCOME, EXPENSE]))
    holder = fields.String(required=True, validate=validate.OneOf(HOLDERS))
    amount = fields.Integer(required=True, validate=validate.Range(1, MOST_ENTRY))
    purpose = fields.String(required=True, validate=[validate.Length(max=120), no_secret])
    day = fields.Date(required=True)
    caption = line(200, load_default="")
    idempotency_key = key()


class ReverseForm(Trimmed):
    """Why an entry is taken back."""

    reason = fields.String(required=True, validate=[validate.Length(max=200), no_secret])


def chosen(schema: Schema, names: Sequence[str], row: Any) -> dict[str, Any]:
    """Return what a form begins with: these fields of a row, blank where nothing is."""
    found = {name: getattr(row, name) for name in names if name in schema.fields}
    return {name: "" if value is None else value for name, value in found.items()}
