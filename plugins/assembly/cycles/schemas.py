"""What activists and stewards type about hubs and rounds; times are those on the node's clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import Schema, fields, validate

_TYPED = "%Y-%m-%dT%H:%M"
_YEARS = range(2000, 2200)
"""At the ends of the calendar no time zone can be reckoned with, nor the day after."""


class Moment(fields.Field[datetime]):
    """A day and time as ``<input type="datetime-local">`` sends it, read in the schema's zone."""

    default_error_messages = {"invalid": "Not a valid datetime."}  # noqa: RUF012

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        zone = getattr(self.root, "zone", UTC)
        try:
            moment = datetime.strptime(str(value)[:16], _TYPED)
        except ValueError as error:
            raise self.make_error("invalid") from error
        if moment.year not in _YEARS:
            raise self.make_error("invalid")
        return moment.replace(tzinfo=zone)


def typed_moment(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant as ``Moment`` reads it."""
    return instant.astimezone(zone).strftime(_TYPED)


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
