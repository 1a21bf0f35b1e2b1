"""Pages of a list: by the place of the last row seen, so that page 500 costs what page 1 does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request, url_for

from .numbers import read_number

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and the address of the rows after them (None at the end)."""

    rows: Sequence[Row]
    next_url: str | None
    first_url: str | None


def asked_place(name: str = "after") -> str | None:
    """Return the place in the list that the request asks to go on from."""
    return request.args.get(name) or None


def asked_number(name: str = "after") -> int | None:
    """Return the place asked for where places are numbers; nonsense means the beginning."""
    return read_number(asked_place(name) or "")


def paged(
    rows: Sequence[Row], size: int, place: str | None = None, name: str = "after"
) -> Page[Row]:
    """Make a page from up to ``size + 1`` rows; ``place`` names the last row shown.

    The one row more tells whether there is a next page without counting.
    """
    shown = rows[:size]
    arguments = {**_asked(), **(request.view_args or {})}
    endpoint = str(request.endpoint)
    first = url_for(endpoint, **{k: v for k, v in arguments.items() if k != name})
    following = url_for(endpoint, **{**arguments, name: place}) if len(rows) > size else None
    return Page(shown, following, first if asked_place(name) else None)


def _asked() -> dict[str, str]:
    # Names that url_for itself listens to would let an address choose where our links lead.
    asked = request.args.to_dict()
    return {k: v for k, v in asked.items() if not k.startswith("_") and k != "endpoint"}
