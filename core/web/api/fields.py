"""Fields of the API's schemas that the schema library has not: won, moments, cursors."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import fields

from ..numbers import LARGEST
from ..page import this_node

LONGEST = 600
"""Letters of a cursor that are read."""


def mark(text: str) -> str:
    """Return the text: it is said later, in the language of whoever reads it then."""
    return text


def described(description: str, **more: Any) -> dict[str, Any]:
    """Return the metadata of a field that is described."""
    return {"description": description, **more}


class Won(fields.Integer):
    """An amount in whole won."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strict=True, **options)


class Flag(fields.Boolean):
    """True or false and nothing that only looks like it."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Moment(fields.Field[datetime]):
    """A point in time as RFC 3339 writes it, with the offset of the node's time zone."""

    def _serialize(
        self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any
    ) -> str | None:
        if value is None:
            return None
        zone = ZoneInfo(this_node().settings.node.time_zone)
        return value.astimezone(zone).isoformat(timespec="seconds")


class Cursor(fields.Field[tuple[Any, ...]]):
    """Where a list goes on: opaque to whoever sends it back, and checked as all that is sent.

    ``shape`` is the types of what it holds, ``int`` (an id) or ``str``.
    """

    default_error_messages = {"invalid": "Invalid value."}  # noqa: RUF012

    def __init__(self, *shape: type, **options: Any) -> None:
        self.shape = shape
        super().__init__(load_default=None, **options)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[Any, ...]:
        place = read_cursor(str(value))
        if len(place) != len(self.shape):
            raise self.make_error("invalid")
        for part, wanted in zip(place, self.shape, strict=True):
            if type(part) is not wanted or not _is_sound(part):
                raise self.make_error("invalid")
        return tuple(place)


def write_cursor(place: tuple[Any, ...]) -> str:
    """Return a place in a list as it stands in an address."""
    packed = json.dumps(place, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def read_cursor(text: str) -> list[Any]:
    """Return what a cursor holds; an empty list if it is none."""
    if len(text) > LONGEST or not text.isascii():
        return []
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        found = json.loads(packed)
    except (binascii.Error, ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _is_sound(part: Any) -> bool:
    if isinstance(part, int):
        return 0 <= part <= LARGEST
    return is_text(part)


def is_text(text: str) -> bool:
    """Say whether a database takes this text: neither NUL nor half a sign is in it."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
