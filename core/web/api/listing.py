"""Lists in pages: by the place of the last row, which the reader sends back as an opaque cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from marshmallow import Schema, fields, validate

from .fields import Cursor, described, mark, write_cursor

USUAL, MOST = 30, 100
"""Rows of a page if nothing is said, and at most."""


class Asked(Schema):
    """What every list may be asked; a list adds its own filters and the shape of its cursor."""

    limit = fields.Integer(
        load_default=USUAL,
        validate=validate.Range(1, MOST),
        metadata=described(mark("How many entries a page has.")),
    )

    @staticmethod
    def cursor_of(*shape: type) -> Cursor:
        """Return the field for the cursor of a list that is sorted by these."""
        return Cursor(
            *shape, metadata=described(mark("The cursor of `next`, to go on from there."))
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """Some rows of a list, and the place of the last one if there are more."""

    rows: Sequence[Any]
    place: tuple[Any, ...] | None = None

    @property
    def next_url(self) -> str | None:
        """The address of the rows after these, on this node."""
        if self.place is None:
            return None
        asked = {**request.args.to_dict(), "cursor": write_cursor(self.place)}
        return f"{request.path}?{urlencode(asked)}"


def listed(rows: Sequence[Any], limit: int, place: Callable[[Any], tuple[Any, ...]]) -> Listing:
    """Make a page from up to ``limit + 1`` rows: the one more tells that there is a next page."""
    shown = rows[:limit]
    return Listing(shown, place(shown[-1]) if len(rows) > limit else None)
