"""What is typed about goods that came: numbers by product, grams by order, bags and reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping

from marshmallow import Schema, fields, validate

from ....core.errors import Invalid
from ....core.values import Message

MOST = 100_000
_WEIGHT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,3}))?\s*(kg|g)?", re.IGNORECASE)


class ReasonForm(Schema):
    """Why there is less, or something else."""

    reason = fields.String(required=True, validate=validate.Length(max=300))


class BagsForm(Schema):
    """Into how many bags an order is packed; 0: it is not."""

    bags = fields.Integer(required=True, validate=validate.Range(0, 30))


class ProposalForm(Schema):
    """To which hub goods are to go."""

    hub = fields.Integer(required=True, validate=validate.Range(1, 2**31 - 1))


class NoteForm(Schema):
    """A step of a transfer note."""

    version = fields.Integer(required=True)
    remark = fields.String(load_default="", validate=validate.Length(max=300))


def numbers(form: Mapping[str, str], mark: str) -> dict[int, int]:
    """Return the whole numbers of the fields ``<mark>-<id>`` by id; ``Invalid`` by field for what
    is none. Fields left blank are left out."""
    found: dict[int, int] = {}
    wrong: dict[str, list[Message]] = {}
    for name, text in _fields(form, mark):
        typed = text.replace(",", "").strip()
        if typed.isascii() and typed.isdecimal() and len(typed) < 7 and int(typed) <= MOST:
            found[_id(name)] = int(typed)
        else:
            message = "Please give a number from 0 to %(most)s."
            wrong[name] = [Message(message, {"most": f"{MOST:,}"})]
    if wrong:
        raise Invalid(wrong)
    return found


def weights(form: Mapping[str, str], mark: str) -> dict[int, int]:
    """Return the grams of the fields ``<mark>-<id>`` by id: "1234", "1,234 g" or "1.234 kg"."""
    found: dict[int, int] = {}
    wrong: dict[str, list[Message]] = {}
    for name, text in _fields(form, mark):
        grams = _grams(text.strip())
        if grams is None:
            wrong[name] = [Message("Please give the weight in grams, such as 1234.", {})]
        else:
            found[_id(name)] = grams
    if wrong:
        raise Invalid(wrong)
    return found


def _grams(text: str) -> int | None:
    match = _WEIGHT.fullmatch(text)
    if match is None:
        return None
    whole, part, unit = int(match[1].replace(",", "")), match[2], (match[3] or "g").lower()
    if unit == "g" and part:
        return None
    grams = whole * 1_000 + int((part or "").ljust(3, "0")) if unit == "kg" else whole
    return grams if 0 < grams <= 1_000_000 else None


def _fields(form: Mapping[str, str], mark: str) -> list[tuple[str, str]]:
    pattern = re.compile(rf"{mark}-[1-9]\d{{0,8}}", re.ASCII)
    return [(name, text) for name, text in form.items() if pattern.fullmatch(name) and text.strip()]


def _id(name: str) -> int:
    return int(name.partition("-")[2])
