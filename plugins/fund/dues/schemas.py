"""What people type about memberships, dues and capital."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request
from marshmallow import ValidationError, fields, validate

from ....core.deposits import MOST_BYTES, Brought, read_file
from ....core.errors import Invalid, Refused
from ....core.values import Message
from ....core.web.schemas import Trimmed, line
from .rules import BANK, CASH, EVERY, MOST_SHARES, MOST_WON

_DAYS = validate.Range(date(2000, 1, 1), date(2100, 12, 31))
PASTED = "pasted.csv"


def _words(most: int, **options: Any) -> fields.String:
    return fields.String(validate=validate.Length(max=most), **options)


def _key() -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=40))


def _won(**options: Any) -> fields.Integer:
    return fields.Integer(validate=validate.Range(0, MOST_WON), **options)


def _ticked(value: bool) -> None:
    if not value:
        raise ValidationError([Message("Please read this and tick it.", {})])


def _agreed() -> fields.Boolean:
    lacking = "Please read this and tick it."
    return fields.Boolean(required=True, validate=_ticked, error_messages={"required": lacking})


class KindForm(Trimmed):
    """A kind of membership."""

    name = line(60, required=True)
    meaning = _words(1_000, required=True)
    every = fields.String(required=True, validate=validate.OneOf(EVERY))
    amount = _won(load_default=0)
    unit = _won(load_default=0)
    least = fields.Integer(load_default=0, validate=validate.Range(0, 1_000))
    active = fields.Boolean(load_default=False)
    idempotency_key = _key()


class ChoiceForm(Trimmed):
    """The account for transfers, and the days."""

    bank = line(40, load_default="")
    number = line(40, load_default="")
    holder = line(60, load_default="")
    due_day = fields.Integer(required=True, validate=validate.Range(1, 28))
    year_ends = fields.Integer(required=True, validate=validate.Range(1, 12))
    repay_months = fields.Integer(required=True, validate=validate.Range(0, 36))


class JoinForm(Trimmed):
    """An application."""

    words = _words(1_000, load_default="")
    agree = fields.Boolean(
        required=True,
        validate=_ticked,
        error_messages={"required": "Please read this and tick it."},
    )
    idempotency_key = _key()


class AcceptForm(Trimmed):
    """Accepting somebody: the month from which dues are paid."""

    owes_from = fields.Date(load_default=None, validate=_DAYS)


class ReasonForm(Trimmed):
    """A reason that a member reads."""

    reason = line(500, required=True)


class PleaForm(Trimmed):
    """Why somebody asks to be let off."""

    words = _words(1_000, required=True)


class CameForm(Trimmed):
    """Money that has come; ``target`` is "dues" or the number of shares that are wanted."""

    target = fields.String(required=True, validate=validate.Regexp(r"dues|[0-9]{1,9}"))
    amount = fields.Integer(required=True, validate=validate.Range(1, MOST_WON))
    came_on = fields.Date(required=True, validate=_DAYS)
    way = fields.String(required=True, validate=validate.OneOf([BANK, CASH]))
    seen = fields.Integer(required=True, validate=validate.Range(0, 2**31 - 1))
    idempotency_key = _key()


class SharesForm(Trimmed):
    """Shares that somebody wants to pay in."""

    shares = fields.Integer(required=True, validate=validate.Range(1, MOST_SHARES))
    agree = fields.Boolean(
        required=True,
        validate=_ticked,
        error_messages={"required": "Please read this and tick it."},
    )
    idempotency_key = _key()


class PayBackForm(Trimmed):
    """Capital that was sent back, and why it is less."""

    paid = _won(required=True)
    reason = line(500, load_default="")


class GiveForm(Trimmed):
    """Whose a deposit is: the code of a member or of shares, or a member's e-mail address."""

    receiver = line(254, required=True)


class FileForm(Trimmed):
    """A bank's list, where no file is chosen: as it was copied."""

    text = fields.String(load_default="", validate=validate.Length(max=MOST_BYTES))


def brought_list(text: str) -> Brought:
    """Return the bank's list of this request, a file or pasted; Invalid if none can be read."""
    file = request.files.get("file")
    name, content = PASTED, text.encode()
    if file is not None and file.filename:
        name, content = file.filename, file.read(MOST_BYTES + 1)
    if not content.strip():
        raise Invalid({"file": [Message("Please choose a file first, or paste the list.", {})]})
    if len(content) > MOST_BYTES:
        most = {"most": MOST_BYTES // 2**20}
        raise Invalid({"file": [Message("A table may have %(most)s megabytes at most.", most)]})
    try:
        return read_file(name, content)
    except Refused as error:
        raise Invalid({"file": [error.message]}) from error
