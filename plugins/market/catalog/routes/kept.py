"""Pieces of pages drawn once and kept under everything that they show.

The data is read for each request; only the drawing is saved. Because the key holds all that the
piece shows, nothing has to be thrown away to stay right: what changes is looked up elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import blake2b
from threading import Lock
from typing import Any, TypeVar

from flask import current_app, request, session
from werkzeug.wrappers import Response

from .....core.web import this_tongue, this_viewer

Piece = TypeVar("Piece")

_full = Lock()


def kept(kind: str, key: Hashable, draw: Callable[[], Piece], *, most: int) -> Piece:
    """Return the piece of this kind and key, drawn now if it is not among the ``most`` kept.

    The language of the request is part of every key.
    """
    pieces: dict[Hashable, Any] = current_app.extensions.setdefault(f"market_{kind}", {})
    whole = (this_tongue().language, key)
    piece = pieces.get(whole)
    if piece is None:
        piece = draw()
        with _full:
            while len(pieces) >= most:
                pieces.pop(next(iter(pieces)))
            pieces[whole] = piece
    return piece


def kept_page(key: Hashable, draw: Callable[[], str], *, most: int) -> Response | str:
    """Return a page that looks the same to every stranger, with its ETag; else draw it anew.

    A person's own page and one with a message for its reader are never kept.
    """
    if this_viewer() is not None or session:
        return draw()

    def sealed() -> tuple[bytes, str]:
        body = draw().encode()
        return body, blake2b(body, digest_size=16).hexdigest()

    body, seal = kept("pages", (request.full_path, key), sealed, most=most)
    response = current_app.response_class(body)
    response.set_etag(seal)
    return response
