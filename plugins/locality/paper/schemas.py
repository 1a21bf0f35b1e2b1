"""What stewards type about the paper."""

from __future__ import annotations

from marshmallow import fields, validate

from ....core.web.schemas import Trimmed
from .rules import NIGHT_BEGINS, NIGHT_ENDS

_KEYS = validate.Length(max=200)


class DraftForm(Trimmed):
    """An issue: its greeting, the keys of all its items with their places, and of those kept."""

    greeting = fields.String(load_default="", validate=validate.Length(max=600))
    key = fields.List(fields.String(validate=validate.Length(max=120)), validate=_KEYS)
    place = fields.List(fields.Integer(validate=validate.Range(-9_999, 9_999)), validate=_KEYS)
    keep = fields.List(fields.String(validate=validate.Length(max=120)), validate=_KEYS)
    version = fields.Integer(load_default=1)


class PlanForm(Trimmed):
    """When the paper goes out by itself."""

    by_itself = fields.Boolean(load_default=False)
    weekday = fields.Integer(required=True, validate=validate.Range(0, 6))
    hour = fields.Integer(required=True, validate=validate.Range(NIGHT_ENDS, NIGHT_BEGINS - 1))
