"""What is typed about where one lives, and codes."""

from __future__ import annotations

from marshmallow import fields, validate

from ....core.web.schemas import Trimmed, email
from .rules import MOST_PAPERS


class ChooseQuarter(Trimmed):
    """One's part of town, and that it may be kept."""

    quarter = fields.Integer(required=True, validate=validate.Range(1, 2**31 - 1))
    agree = fields.Boolean(load_default=False)


class TypedCode(Trimmed):
    """A code as it was shown or printed."""

    code = fields.String(required=True, validate=validate.Length(max=40))


class QuartersForm(Trimmed):
    """The parts of town, one a line."""

    names = fields.String(load_default="", validate=validate.Length(max=3_000))


class PapersForm(Trimmed):
    """How many codes to print."""

    number = fields.Integer(required=True, validate=validate.Range(1, MOST_PAPERS))


class UndoForm(Trimmed):
    """Whose confirmation is taken back."""

    email = email(required=True)
