"""What hosts type about shifts; times are those on the node's clock."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from marshmallow import Schema, fields, validate

from ....core.web.moments import Moment
from .rules import MOST


class ShiftForm(Schema):
    """A shift."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone

    title = fields.String(required=True, validate=validate.Length(max=80))
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    places = fields.Integer(required=True, validate=validate.Range(1, MOST))
    remark = fields.String(load_default="", validate=validate.Length(max=300))
    cycle_id = fields.Integer(load_default=None, validate=validate.Range(1, 2**31 - 1))
    version = fields.Integer(load_default=0)


class TakeForm(Schema):
    """That the hosts may see name and phone number of whoever helps."""

    agree = fields.Boolean(load_default=False)
