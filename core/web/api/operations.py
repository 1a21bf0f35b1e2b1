"""Views of the API: what each takes and gives stands beside it, and is what the document says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any

from flask import Response, g, request
from marshmallow import Schema
from sqlalchemy.orm import Session

from . import limits
from .bearers import READING, admit
from .bodies import read_body, read_query
from .listing import Listing
from .once import once

TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program can do.

    ``action`` is asked of the rules as for a page, ``scope`` of the token; None is open to
    everyone. ``asks`` is the schema of the query, ``takes`` of the body, ``gives`` of the answer,
    or of one row of it with ``pages``. What ``creates`` needs an ``Idempotency-Key``. ``example``
    is a body that it takes.
    """

    action: str
    summary: str
    tag: str
    scope: str | None = None
    asks: Schema | None = None
    takes: Schema | None = None
    gives: Schema | None = None
    pages: bool = False
    creates: bool = False
    about: str = ""
    example: Mapping[str, Any] | None = None

    @property
    def status(self) -> int:
        """The status of an answer that is no problem."""
        if self.creates:
            return 201
        return 200 if self.gives else 204


def api(
    action: str, summary: str, tag: str, **more: Any
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Mark a view of the API; ``more`` are the other parts of its ``Operation``.

    The view is given what its address holds, ``asked`` and ``body`` as its schemas read them, and
    ``session``, the transaction, if it creates. It returns what ``gives`` is to write: a row, a
    ``Listing`` of rows with ``pages``, None without.
    """
    operation = Operation(action, summary, tag, **more)

    def mark(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def answered(**named: Any) -> Response:
            admit(operation.action, operation.scope)
            return _answer(operation, view, named)

        answered.action = action  # type: ignore[attr-defined]
        answered.machine = True  # type: ignore[attr-defined]
        answered.operation = operation  # type: ignore[attr-defined]
        return answered

    return mark


def has_scope(scope: str) -> bool:
    """Say whether the token of this request is good for ``scope`` too."""
    return scope in g.get("scopes", ())


def _answer(operation: Operation, view: Callable[..., Any], named: dict[str, Any]) -> Response:
    if operation.asks is not None:
        named["asked"] = read_query(operation.asks)
    if operation.takes is not None:
        named["body"] = read_body(operation.takes)
    if operation.creates:
        return _made_once(operation, view, named)
    return _written(operation, _told(operation, view(**named)))


def _made_once(
    operation: Operation, view: Callable[..., Any], named: Mapping[str, Any]
) -> Response:
    def make(session: Session) -> tuple[int, str]:
        return operation.status, _told(operation, view(session=session, **named))

    (status, body), again = once(make, named.get("body", {}))
    response = Response(body, status, mimetype=TYPE)
    response.headers["Cache-Control"] = "private, no-store"
    if again:
        response.headers["Idempotency-Replayed"] = "true"
    if url := json.loads(body).get("url"):
        response.headers["Location"] = url
    return response


def _told(operation: Operation, found: Any) -> str:
    if operation.gives is None:
        return ""
    if isinstance(found, Listing):
        told: Any = {"items": operation.gives.dump(found.rows, many=True), "next": found.next_url}
        g.api_next = found.next_url
    else:
        told = operation.gives.dump(found)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _written(operation: Operation, body: str) -> Response:
    response = Response(body, operation.status, mimetype=TYPE if body else None)
    if operation.gives is None:
        del response.headers["Content-Type"]
    public = operation.scope is None
    response.headers["Cache-Control"] = "public, no-cache" if public else "private, no-store"
    if next_url := g.get("api_next"):
        response.headers["Link"] = f'<{next_url}>; rel="next"'
    if request.method in READING:
        if public:
            _open_to_all(response)
        response.set_etag(blake2b(body.encode(), digest_size=16).hexdigest())
        response.make_conditional(request)
    return response


def _open_to_all(response: Response) -> None:
    """Let scripts of every origin read it, without anything by which somebody is known."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link, RateLimit, RateLimit-Policy"


def tell_limits(response: Response) -> Response:
    """Tell with each answer of the API how the limits stand."""
    limits.tell(response)
    return response
