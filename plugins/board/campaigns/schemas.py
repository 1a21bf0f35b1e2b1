"""What people type about campaigns."""

from __future__ import annotations

from datetime import date

from marshmallow import fields, validate

from ....core.web.schemas import Trimmed, email, line
from .rules import KINDS, MOST_THINGS, STANCES

DAYS = validate.Range(date(2000, 1, 1), date(2199, 12, 31))


def words(most: int, *, required: bool = True) -> fields.String:
    """Return a field of several lines of text."""
    checks = validate.Length(max=most)
    if required:
        return fields.String(required=True, validate=checks)
    return fields.String(load_default="", validate=checks)


class CampaignForm(Trimmed):
    """A campaign; its kind is chosen once, when it is made."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    title = line(120, required=True)
    summary = line(200, required=True)
    story = words(20_000)
    ends_on = fields.Date(load_default=None, validate=DAYS)
    receiver = line(120, load_default="")
    goal = fields.Integer(load_default=None, validate=validate.Range(1, 10_000_000))
    bring = line(300, load_default="")
    version = fields.Integer(load_default=0)
    idempotency_key = fields.String(load_default="", validate=validate.Length(max=60))


class UpdateForm(Trimmed):
    """News of a campaign."""

    title = line(120, required=True)
    text = words(5_000)
    idempotency_key = fields.String(load_default="", validate=validate.Length(max=60))


class SignForm(Trimmed):
    """A member's signature."""

    shown = fields.Boolean(load_default=False)
    handed_on = fields.Boolean(load_default=False)


class GuestSignForm(SignForm):
    """The signature of somebody without an account."""

    name = line(60, required=True)
    email = email(required=True)
    agree = fields.Boolean(load_default=False)


class AskForm(Trimmed):
    """A question to an official."""

    addressee = line(120, required=True)
    sent_on = fields.Date(required=True, validate=DAYS)
    answer_by = fields.Date(required=True, validate=DAYS)


class AnswerForm(Trimmed):
    """What an official has answered."""

    answered_on = fields.Date(required=True, validate=DAYS)
    stance = fields.String(required=True, validate=validate.OneOf(STANCES))
    answer = words(5_000)


class NeedForm(Trimmed):
    """Something that is collected."""

    name = line(80, required=True)
    wanted = fields.Integer(required=True, validate=validate.Range(1, MOST_THINGS))


class PledgeForm(Trimmed):
    """How many of it somebody brings."""

    quantity = fields.Integer(required=True, validate=validate.Range(1, MOST_THINGS))
