"""Pieces of pages that are drawn once and kept under everything that they show.

The data is read for each request; only the drawing is saved. Because the key holds all that the
piece shows, nothing has to be thrown away to stay right.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import current_app
from markupsafe import Markup

from .page import this_node, this_tongue

KEPT = 500
"""Pieces kept in one process, 1 to 4 kB each."""

_HOUR = 3_600

Piece = TypeVar("Piece")


def kept(kind: str, key: Hashable, draw: Callable[[], Piece]) -> Piece:
    """Return a piece in the language of the request, drawn once for each key."""
    pieces: dict[Hashable, Any] = current_app.extensions.setdefault("wizzle_pieces", {})
    whole = (kind, this_tongue().language, key)
    piece: Piece | None = pieces.get(whole)
    if piece is None:
        piece = draw()
        while len(pieces) >= KEPT:
            pieces.pop(next(iter(pieces)), None)
        pieces[whole] = piece
    return piece


def once(kind: str, *key: Hashable, caller: Callable[[], Markup]) -> Markup:
    """Draw what stands in a template's call block once for each key.

    ``{% call once("market/seller", seller) %} … {% endcall %}``: nothing in it may depend on
    anything but the key, the language and the settings; so no token of a form.
    """
    # Times are written with their year if it is not this one.
    hour = int(this_node().clock.now().timestamp()) // _HOUR
    return kept(kind, (hour, *key), caller)
