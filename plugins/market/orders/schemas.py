"""What people send about baskets and orders, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from ....core.errors import Invalid, Refused
from ....core.values import Message
from ..catalog.rules import MAX_QUANTITY, parse_won
from .rules import SUBSTITUTE, WISHES, IfShort

_KEY = validate.Regexp(r"[A-Za-z0-9_-]{16,64}\Z")
_SUM = validate.Range(min=0, max=2**53)
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


ADD, CHECKOUT = AddForm(), CheckoutForm()
"""Made once: a schema looks at each of its fields when it is made."""


class ChangeForm(Schema):
    """The version of an order that was shown; its quantities are read by ``read_quantities``."""

    version = fields.Integer(required=True)


class HandOverForm(Schema):
    """The won that the page said to take, and what was really given if it was another sum."""

    shown = fields.Integer(load_default=None, validate=_SUM)
    cash = fields.Integer(load_default=None, validate=_SUM)


class RefundForm(Schema):
    """Money that is given back; the key was made with the page."""

    idempotency_key = fields.String(required=True, validate=_KEY)
    amount = fields.Integer(required=True, validate=validate.Range(min=1, max=2**53))
    reason = fields.String(required=True, validate=validate.Length(max=300))


class ReasonForm(Schema):
    """Why somebody does what others will want to understand."""

    reason = fields.String(required=True, validate=validate.Length(max=300))


def chosen_hosts(form: Mapping[str, Any]) -> dict[str, int]:
    """Return the places that were chosen, by occasion."""
    found = {}
    for name, text in form.items():
        mark, _, occasion = name.partition("-")
        if mark == "host" and str(text).isdecimal() and len(text) < 10:
            found[occasion] = int(text)
    return found


def wish_field(product_id: int, occasion: str = "") -> str:
    """Return the name of the field for what to do if too little comes."""
    return f"w-{product_id}-{occasion}"


def most_field(product_id: int, occasion: str = "") -> str:
    """Return the name of the field for what something else may cost."""
    return f"u-{product_id}-{occasion}"


def read_wishes(form: Mapping[str, str]) -> dict[tuple[str, int], IfShort]:
    """Return what was chosen for the case that too little comes, by occasion and product; Invalid
    where something else is wished and no price is given."""
    found: dict[tuple[str, int], IfShort] = {}
    wrong: dict[str, list[Message]] = {}
    for name, wish in form.items():
        mark, _, rest = name.partition("-")
        number, _, occasion = rest.partition("-")
        if mark != "w" or not number.isdecimal() or len(number) > 9 or wish not in WISHES:
            continue
        most = most_field(int(number), occasion)
        try:
            up_to = parse_won(form.get(most, "")) if wish == SUBSTITUTE else None
            found[occasion, int(number)] = IfShort(wish, up_to)
        except Refused as refused:
            wrong[most] = [refused.message]
    if wrong:
        raise Invalid(wrong)
    return found


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
