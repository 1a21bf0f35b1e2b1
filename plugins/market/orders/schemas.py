"""What people send about baskets and orders, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping

from marshmallow import Schema, fields, validate

from ....core.errors import Invalid
from ....core.values import Message
from ..catalog.rules import MAX_QUANTITY

_KEY = validate.Regexp(r"[A-Za-z0-9_-]{16,64}\Z")
_BOUNDS = validate.Range(min=1, max=MAX_QUANTITY)


class AddForm(Schema):
    """A wish for the basket."""

    product_id = fields.Integer(required=True, validate=validate.Range(min=1, max=2**31 - 1))
    occasion = fields.String(required=True, validate=validate.Length(min=1, max=40))
    quantity = fields.Integer(required=True, validate=_BOUNDS)


class CheckoutForm(Schema):
    """The one button of the checkout; the key was made with the page."""

    idempotency_key = fields.String(required=True, validate=_KEY)
    shown = fields.String(required=True, validate=validate.Length(max=64))
    payment = fields.String(required=True, validate=validate.Length(max=40))


class ChangeForm(Schema):
    """The version of an order that was shown; its quantities are read by ``read_quantities``."""

    version = fields.Integer(required=True)


class ReasonForm(Schema):
    """Why somebody does what others will want to understand."""

    reason = fields.String(required=True, validate=validate.Length(max=300))


def field_of(product_id: int, occasion: str = "") -> str:
    """Return the name of the field for a quantity."""
    return f"n-{product_id}-{occasion}"


def read_quantities(form: Mapping[str, str]) -> dict[tuple[str, int], int]:
    """Return the quantities typed, by occasion and product; Invalid for what is no number."""
    found: dict[tuple[str, int], int] = {}
    wrong: dict[str, list[Message]] = {}
    for name, text in form.items():
        mark, _, rest = name.partition("-")
        number, _, occasion = rest.partition("-")
        if mark != "n" or not number.isdecimal() or len(number) > 9:
            continue
        typed = text.strip()
        if typed.isdecimal() and len(typed) < 7 and int(typed) <= MAX_QUANTITY:
            found[occasion, int(number)] = int(typed)
        else:
            wrong[name] = [
                Message("Please give a number from 0 to %(most)s.", {"most": MAX_QUANTITY})
            ]
    if wrong:
        raise Invalid(wrong)
    return found
