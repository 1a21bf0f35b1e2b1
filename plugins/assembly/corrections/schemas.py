"""What is typed to correct a settled line."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from .rules import MOST_REASON


class CorrectionForm(Schema):
    """How much of a settled line is taken back, and why."""

    amount = fields.Integer(required=True, validate=validate.Range(1, 1_000_000_000))
    reason = fields.String(required=True, validate=validate.Length(1, MOST_REASON))
    idempotency_key = fields.String(required=True, validate=validate.Length(1, 80))
