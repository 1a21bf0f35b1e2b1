"""What people type about a project."""

from __future__ import annotations

from datetime import date

from marshmallow import ValidationError, fields, validate

from ....core.values import Message
from ....core.web.schemas import Trimmed, email, line
from .rules import LATER, NO_REPORT, PAY_EARLY

_DAYS = validate.Range(date(2000, 1, 1), date(2199, 12, 31))


def _address(text: str) -> None:
    if text and not text.startswith(("https://", "http://")):
        raise ValidationError([Message("A link begins with https://", {})])


def _words(most: int) -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, most))


class EvidenceForm(Trimmed):
    """What shows that a milestone is reached."""

    evidence = _words(5_000)
    link = fields.String(load_default="", validate=[validate.Length(max=300), _address])


class ReportForm(Trimmed):
    """How a project goes."""

    text = _words(20_000)


class AskForm(Trimmed):
    """What is missing."""

    why = line(500, required=True)


class OverrideForm(Trimmed):
    """What is left aside, and why; ``of`` is "step:3" or "report:2"."""

    what = fields.String(required=True, validate=validate.OneOf((PAY_EARLY, NO_REPORT, LATER)))
    of = fields.String(load_default="", validate=validate.Regexp(r"(step|report):[0-9]{1,9}"))
    amount = fields.Integer(load_default=0, validate=validate.Range(0, 1_000_000_000_000))
    day = fields.Date(load_default=None, validate=_DAYS)
    reason = _words(500)
    idempotency_key = fields.String(required=True, validate=validate.Length(1, 80))


class LeaderForm(Trimmed):
    """Who leads a project from now on."""

    email = email(required=True)
