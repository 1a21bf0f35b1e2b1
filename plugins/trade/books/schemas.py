"""What is typed about money between nodes."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


class PaymentForm(Schema):
    """A payment that was made by bank."""

    amount = fields.Integer(required=True, validate=validate.Range(1, 1_000_000_000))
    reference = fields.String(required=True, validate=validate.Length(max=100))
    idempotency_key = fields.String(required=True, validate=validate.Length(max=60))


class StatementForm(Schema):
    """The month that is to be stated."""

    month = fields.String(required=True, validate=validate.Regexp(r"20\d\d-(0[1-9]|1[0-2])\Z"))
