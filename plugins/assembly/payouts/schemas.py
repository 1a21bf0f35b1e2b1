"""What a steward types to pay out: bank accounts, reasons, cash."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from ....core.banks import BANKS
from .rules import MOST


class _Keyed(Schema):
    idempotency_key = fields.String(required=True, validate=validate.Length(1, 80))


class PayeeForm(Schema):
    """A bank account."""

    bank = fields.String(required=True, validate=validate.OneOf(BANKS))
    number = fields.String(required=True, validate=validate.Length(max=40))
    holder = fields.String(required=True, validate=validate.Length(max=60))


class PayOutForm(_Keyed):
    """A run, with the sum that the page showed."""

    shown = fields.Integer(required=True, validate=validate.Range(0, 10**15))


class ReturnedForm(Schema):
    """A row that the bank sent back."""

    account = fields.String(required=True, validate=validate.Length(max=60))
    reason = fields.String(required=True, validate=validate.Length(1, 200))


class CashForm(_Keyed):
    """Cash that was brought to the bank."""

    amount = fields.Integer(required=True, validate=validate.Range(1, MOST))
