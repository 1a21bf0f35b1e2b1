"""Answers in the ActivityPub media types: who asked for one, and how it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from flask import Response, redirect, request
from werkzeug.http import parse_options_header

from ....core.web.machine import PROBLEM
from ...pages import blueprint
from ..actions.gate import Shut
from ..rules.terms import ACTIVITY, PROFILE

_MINUTES = "public, max-age=300"


def asks_for_page() -> bool:
    """Say whether this request wants a page for people rather than a document."""
    best = request.accept_mimetypes.best_match([ACTIVITY, "application/ld+json", "text/html"])
    return best == "text/html" and request.accept_mimetypes.quality("text/html") > max(
        request.accept_mimetypes.quality(ACTIVITY), _linked()
    )


def led_to(page: str) -> Any:
    """Lead a browser from a document to the page that shows the same."""
    answer = redirect(page, 303)
    answer.vary.add("Accept")
    return answer


def _linked() -> float:
    """Return how much the request wants JSON-LD with the profile of ActivityStreams."""
    return max(
        (
            float(quality)
            for kind, quality in request.accept_mimetypes
            if parse_options_header(kind)[0] == "application/ld+json"
            and PROFILE in parse_options_header(kind)[1].get("profile", "").split()
        ),
        default=0.0,
    )


def document(
    told: Mapping[str, Any],
    *,
    status: int = 200,
    kind: str = ACTIVITY,
    cache: str = _MINUTES,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Send a document as JSON with a strong ETag, or 304 to whoever has it."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    answer = Response(body, status, content_type=kind)
    answer.headers.update(
        {"Cache-Control": cache, "Vary": "Accept", "X-Robots-Tag": "noindex", **(headers or {})}
    )
    answer.set_etag(blake2b(body, digest_size=16).hexdigest())
    if status == 200:
        answer.make_conditional(request)
    return answer


@blueprint.app_errorhandler(Shut)
def shut_out(error: Shut) -> Response:
    """Tell a program why it was not let in, as a problem document (RFC 9457, FEP-c180)."""
    body = json.dumps(error.problem, ensure_ascii=False)
    headers = {"Cache-Control": "no-store", **error.headers}
    if error.status == 401:
        headers["WWW-Authenticate"] = "Signature"
    return Response(body, error.status, headers, mimetype=PROBLEM)
