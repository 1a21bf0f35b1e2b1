"""Numbers in addresses: no larger than the ids of the database."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map, ValidationError

LARGEST = 2**31 - 1
"""The largest id that PostgreSQL's ``integer`` holds; a larger one is an error there."""


class Number(IntegerConverter):
    """The converter ``int`` of addresses: whatever cannot be an id is an address of nothing."""

    def __init__(
        self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int = LARGEST
    ) -> None:
        super().__init__(map, fixed_digits, min, max)

    def to_python(self, value: str) -> Any:
        if len(value) > len(str(LARGEST)):  # Python itself refuses to read thousands of figures
            raise ValidationError
        return super().to_python(value)


def read_number(text: str) -> int | None:
    """Return the number of this text, None unless an id may be as large."""
    if not text.isdecimal() or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None
