"""The syntax of headers, read strictly: what could be read in two ways is refused."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from .limits import MOST_HEADER_BYTES, MOST_HEADERS
from .refusals import Refusal

_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_DATE: Final = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4})"
    r" ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT"
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun",
                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # fmt: skip


class Fields:
    """The headers of one message, grouped by name in lower case, repeats kept apart."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        size = sum(len(name) + len(value) for name, value in pairs)
        if len(pairs) > MOST_HEADERS or size > MOST_HEADER_BYTES:
            raise Refusal("headers_too_large", "There are too many or too long headers.")
        self._lines: dict[str, list[str]] = {}
        for name, value in pairs:
            if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
                raise Refusal("malformed_request", "A header holds what no header may hold.")
            self._lines.setdefault(name.lower(), []).append(value.strip(" \t"))

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def joined(self, name: str) -> str | None:
        """Return all lines of this name joined by a comma, or ``None`` where there is none."""
        lines = self._lines.get(name)
        return None if lines is None else ", ".join(lines)

    def single(self, name: str) -> str | None:
        """Return the one line of this name, ``None`` if there is none; repeated it is refused."""
        lines = self._lines.get(name, ())
        if len(lines) > 1:
            raise Refusal("malformed_request", f"The header {name} is there more than once.")
        return lines[0] if lines else None


def read_base64(text: str) -> bytes | None:
    """Return the bytes of standard base64 with its padding, in the one spelling they have."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if base64.b64encode(found).decode() == text else None


def read_date(text: str) -> int | None:
    """Return the Unix time of an HTTP date (RFC 9110, IMF-fixdate), ``None`` for other forms."""
    match = _DATE.fullmatch(text)
    if match is None or match[2] not in _MONTHS:
        return None
    day, month, year = int(match[1]), _MONTHS.index(match[2]) + 1, int(match[3])
    try:
        found = datetime(year, month, day, int(match[4]), int(match[5]), int(match[6]), tzinfo=UTC)
    except ValueError:
        return None
    return int(found.timestamp())
