"""What people type about programmes and proposals."""

from __future__ import annotations

from datetime import date

from marshmallow import fields, validate

from ....core.web.schemas import Trimmed, line
from .rules import DECISIONS, MOST_MONEY, PROPOSERS

_DAYS = validate.Range(date(2000, 1, 1), date(2199, 12, 31))


def _words(most: int, *, required: bool = True) -> fields.String:
    checks = validate.Length(max=most)
    if required:
        return fields.String(required=True, validate=checks)
    return fields.String(load_default="", validate=checks)


def _won() -> fields.Integer:
    return fields.Integer(required=True, validate=validate.Range(1, MOST_MONEY))


def _day() -> fields.Date:
    return fields.Date(required=True, validate=_DAYS)


def _key() -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=40))


class CallForm(Trimmed):
    """A programme; each ``…_end`` is typed as the last day of its phase."""

    title = line(120, required=True)
    summary = line(200, required=True)
    story = _words(20_000)
    rules = _words(20_000)
    earmark_id = fields.Integer(load_default=None, validate=validate.Range(1, 2**31 - 1))
    money = _won()
    smallest = _won()
    largest = _won()
    per_person = fields.Integer(required=True, validate=validate.Range(1, 20))
    proposers = fields.String(required=True, validate=validate.OneOf(PROPOSERS))
    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    categories = _words(400)
    places = _words(400, required=False)
    ideas_end = _day()
    review_end = _day()
    deliberation_end = _day()
    vote_end = _day()
    carrying_end = _day()
    version = fields.Integer(load_default=0)
    idempotency_key = _key()


class IdeaForm(Trimmed):
    """A proposal."""

    title = line(120, required=True)
    summary = line(200, required=True)
    why = _words(10_000)
    place = line(120, load_default="")
    asked = _won()
    asked_for = _words(2_000, required=False)
    category = line(40, required=True)
    version = fields.Integer(load_default=0)
    idempotency_key = _key()


class QuestionForm(Trimmed):
    """What somebody asks about a proposal."""

    text = _words(1_000)
    idempotency_key = _key()


class AnswerForm(Trimmed):
    """What the author answers."""

    text = _words(2_000)


class ReviewForm(Trimmed):
    """What the review found: the exact cost, or the reason why it cannot be done."""

    verdict = fields.String(required=True, validate=validate.OneOf(("feasible", "refused")))
    cost = fields.Integer(load_default=None, validate=validate.Range(1, MOST_MONEY))
    note = _words(5_000, required=False)


class MergingForm(Trimmed):
    """Proposals that could become one."""

    parts = fields.List(
        fields.Integer(validate=validate.Range(1, 2**31 - 1)),
        required=True,
        validate=validate.Length(max=20),
    )
    title = line(120, required=True)
    summary = line(200, required=True)
    asked = _won()
    idempotency_key = _key()


class ReasonForm(Trimmed):
    """Why a phase ends by hand."""

    reason = _words(1_000)


class DecisionForm(Trimmed):
    """What a committee decided, and why."""

    winners = fields.List(
        fields.Integer(validate=validate.Range(1, 2**31 - 1)),
        load_default=list,
        validate=validate.Length(max=100),
    )
    reason = _words(2_000)
