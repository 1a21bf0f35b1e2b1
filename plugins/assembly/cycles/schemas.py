"""What activists and stewards type about hubs and rounds; times are those on the node's clock."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from marshmallow import Schema, fields, validate

from ....core.web.moments import Moment
from .rules import EVERY, MOST_UNITS, MOST_WON, Below


def _words(most: int, *, required: bool = False) -> fields.String:
    checks = validate.Length(max=most)
    if required:
        return fields.String(required=True, validate=checks)
    return fields.String(load_default="", validate=checks)


class HoursForm(Schema):
    """When a hub is usually open."""

    weekday = fields.Integer(required=True, validate=validate.Range(0, 6))
    collect_from = fields.Time("%H:%M", required=True)
    collect_until = fields.Time("%H:%M", required=True)
    how_to_come = _words(1000)


class HubForm(HoursForm):
    """A new hub, with the e-mail address of its first host."""

    name = _words(120, required=True)
    address = _words(200, required=True)
    phone = _words(20)
    intro = _words(2000)
    host = _words(254)


class HostForm(Schema):
    """Who is to host a hub."""

    host = _words(254, required=True)


class PlanForm(Schema):
    """The title and times of a round."""

    title = _words(120, required=True)
    opens_at = Moment(required=True)
    cut_off = Moment(required=True)
    collect_from = Moment(required=True)
    collect_until = Moment(required=True)
    version = fields.Integer(load_default=0)

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone


class TermsForm(Schema):
    """The terms on which a producer takes part; what is left blank is the round's, or none."""

    cut_off = Moment(load_default=None)
    minimum_won = fields.Integer(load_default=0, validate=validate.Range(0, MOST_WON))
    minimum_units = fields.Integer(load_default=0, validate=validate.Range(0, MOST_UNITS))
    below = fields.String(required=True, validate=validate.OneOf([each.value for each in Below]))

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone


class ScheduleForm(Schema):
    """When the rounds of a hub come about; a box that is not ticked is not sent."""

    every = fields.Integer(required=True, validate=validate.OneOf(EVERY))
    next_on = fields.Date("%Y-%m-%d", required=True)
    collect_from = fields.Time("%H:%M", required=True)
    collect_until = fields.Time("%H:%M", required=True)
    opens_days = fields.Integer(required=True, validate=validate.Range(1, 28))
    opens_at = fields.Time("%H:%M", required=True)
    cut_off_days = fields.Integer(required=True, validate=validate.Range(0, 14))
    cut_off_at = fields.Time("%H:%M", required=True)
    opens_itself = fields.Boolean(load_default=False)
    active = fields.Boolean(load_default=False)
    version = fields.Integer(load_default=0)


class Empty(Schema):
    """A form whose fields are read one by one."""


class HandOverForm(Schema):
    """The won that the page said to take, and what was really given if it was another sum."""

    shown = fields.Integer(load_default=None, validate=validate.Range(0, 2**53))
    cash = fields.Integer(load_default=None, validate=validate.Range(0, 2**53))


class ReasonForm(Schema):
    """Why something is not as it was agreed."""

    reason = _words(300, required=True)


class ShortageForm(ReasonForm):
    """How much there is of a line."""

    delivered = fields.Integer(required=True, validate=validate.Range(0, 10_000))


class RefundForm(ReasonForm):
    """How much is given back for a line."""

    amount = fields.Integer(required=True, validate=validate.Range(1, 1_000_000_000))
    idempotency_key = fields.String(required=True, validate=validate.Length(1, 80))
