"""Days and times as browsers send them, told by the clock of the node."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import fields

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
        moment = read_moment(str(value), zone)
        if moment is None:
            raise self.make_error("invalid")
        return moment


def read_moment(text: str, zone: tzinfo) -> datetime | None:
    """Return the instant that was typed, None if it cannot be read."""
    try:
        moment = datetime.strptime(text[:16], _TYPED)
    except ValueError:
        return None
    return moment.replace(tzinfo=zone) if moment.year in _YEARS else None


def typed_moment(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant as ``Moment`` reads it."""
    return instant.astimezone(zone).strftime(_TYPED)
