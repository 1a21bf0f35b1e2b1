"""What is typed about votes; times are those on the node's clock."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from marshmallow import fields, validate

from ....core.web.moments import Moment
from ....core.web.schemas import Trimmed, line
from .rules import (
    ELECTORATES,
    FORMS,
    MOST_OPTIONS,
    MOST_ROLL,
    NONE,
    QUORUMS,
    RULES,
    STEPS,
    codes,
)


class TermsForm(Trimmed):
    """The terms of a vote."""

    title = line(120, required=True)
    form = fields.String(required=True, validate=validate.OneOf(FORMS))
    least = fields.Integer(load_default=0, validate=validate.Range(0, MOST_OPTIONS))
    most = fields.Integer(load_default=0, validate=validate.Range(0, MOST_OPTIONS))
    rule = fields.String(required=True, validate=validate.OneOf(RULES))
    step = fields.Integer(required=True, validate=validate.OneOf(STEPS))
    support = fields.Integer(load_default=None, validate=validate.Range(1, 1_000))
    electorate = fields.String(required=True, validate=validate.OneOf(ELECTORATES))
    age = line(60, load_default="")
    quorum_kind = fields.String(load_default=NONE, validate=validate.OneOf(QUORUMS))
    quorum = fields.Integer(load_default=0, validate=validate.Range(0, MOST_ROLL))
    opens_at = Moment(required=True)
    closes_at = Moment(required=True)
    idempotency_key = fields.String(load_default="", validate=validate.Length(max=60))

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone


class NamesForm(Trimmed):
    """People for a roll, one a line."""

    names = fields.String(required=True, validate=validate.Length(max=400_000))


class CodesForm(Trimmed):
    """How many codes are to be printed."""

    number = fields.Integer(required=True, validate=validate.Range(1, codes.MOST_AT_ONCE))


class BallotForm(Trimmed):
    """A ballot: the numbers of projects, in an order where that counts."""

    choices = fields.List(
        fields.Integer(validate=validate.Range(1, MOST_OPTIONS)),
        load_default=list,
        validate=validate.Length(max=MOST_OPTIONS),
    )
    code = fields.String(load_default="", validate=validate.Length(max=40))
    step = fields.String(load_default="", validate=validate.Length(max=10))


class CountForm(Trimmed):
    """How a file with ballots is to be counted."""

    tie_seed = line(80, load_default="")
    step = fields.Integer(load_default=1, validate=validate.Range(1, 10**9))
