"""Views for programs and for the scripts of pages: errors are documents and no pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from flask import Flask, Response, current_app, g, request

from .page import View, allow, can, say, this_viewer

PROBLEM = "application/problem+json"

API = "/api/v1"
"""Where addresses begin that only programs call, also those that lead nowhere."""


def machine(action: str) -> Callable[[View], View]:
    """Mark a view that programs call, with the action that it is; everyone must be allowed it.

    Who asks is not told by a cookie but by what the request itself carries (a signature, a token),
    which the view looks at. Errors are problem documents (RFC 9457).
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not can(action):
                return problem(403, "Nobody may do this here.")
            return view(*args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]
        guarded.machine = True  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def scripted(action: str) -> Callable[[View], View]:
    """Mark a view that the script of a page of ours asks, with the action that it is.

    Who asks is told by the cookie, and what changes something carries the token of a form in the
    header ``X-CSRFToken``, as everywhere. Errors are problem documents whose ``detail`` is in the
    reader's language; a stranger is answered 401 and not sent to another page.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if this_viewer() is None and not can(action):
                return problem(401, say("Please log in first."))
            allow(action)
            return view(*args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]
        guarded.scripted = True  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def answers_documents() -> bool:
    """Say whether errors of this request are documents: a program or a script reads them."""
    view = current_app.view_functions.get(request.endpoint or "")
    return is_machine() or bool(getattr(view, "scripted", False))


def is_machine() -> bool:
    """Say whether this request is for a view that programs call."""
    known = g.get("is_machine")
    if known is None:
        view = current_app.view_functions.get(request.endpoint or "")
        lost = view is None and request.path.startswith(API)
        known = g.is_machine = lost or bool(getattr(view, "machine", False))
    return bool(known)


def machines(app: Flask) -> list[Callable[..., Any]]:
    """Return all views that programs call: they carry no token of a form."""
    return [view for view in app.view_functions.values() if getattr(view, "machine", False)]


def problem(
    status: int,
    detail: str,
    *,
    kind: str = "about:blank",
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Response:
    """Return a problem document (RFC 9457); ``more`` are members of its own, as JSON takes them."""
    told = {"type": kind, "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body = json.dumps({**told, **more}, ensure_ascii=False)
    return Response(body, status, dict(headers or {}), mimetype=PROBLEM)
