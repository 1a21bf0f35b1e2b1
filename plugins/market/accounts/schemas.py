"""What people send about accounts, payments out and containers."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from .rules import BALANCE, CASH, MOST_CONTAINERS, TRANSFER

_ID = validate.Range(min=1, max=2**31 - 1)


class ContainerForm(Schema):
    """A kind of box or bottle, and the won that one of it costs until it comes back."""

    name = fields.String(required=True, validate=validate.Length(max=60))
    deposit = fields.Integer(required=True, validate=validate.Range(min=1, max=1_000_000))


class BackForm(Schema):
    """Containers that somebody brings back, and where."""

    idempotency_key = fields.String(
        required=True, validate=validate.Regexp(r"[A-Za-z0-9_-]{8,64}\Z")
    )
    host_id = fields.Integer(required=True, validate=_ID)
    number = fields.Integer(required=True, validate=validate.Range(min=1, max=MOST_CONTAINERS))
    way = fields.String(load_default=BALANCE, validate=validate.OneOf((BALANCE, CASH)))


class PayoutForm(Schema):
    """What a resident wants to have paid out, and how."""

    amount = fields.Integer(required=True, validate=validate.Range(min=1, max=2**53))
    way = fields.String(required=True, validate=validate.OneOf((CASH, TRANSFER)))
    host_id = fields.Integer(load_default=None, validate=_ID)
    bank_account = fields.String(load_default="", validate=validate.Length(max=120))


class DeclineForm(Schema):
    """Why a payment is turned down."""

    reason = fields.String(required=True, validate=validate.Length(max=300))
