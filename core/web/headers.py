"""Headers that tell browsers what a page of ours may do, and who may keep a copy of it."""

from __future__ import annotations

from flask import Flask, Response, request, session

from ..node import Node
from .page import this_node, this_viewer

POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
YEAR = 365 * 24 * 3600
_BY_HTTPS = {**_ALWAYS, "Strict-Transport-Security": f"max-age={YEAR}"}


def install(app: Flask) -> None:
    """Set the headers of every answer."""
    app.after_request(_guarded)


def _guarded(response: Response) -> Response:
    given = set(response.headers.keys(lower=True))
    wanted = _BY_HTTPS if _by_https(this_node()) else _ALWAYS
    response.headers.extend([pair for pair in wanted.items() if pair[0].lower() not in given])
    if "cache-control" not in given:
        _keep_to_oneself(response)
    return response


def _by_https(node: Node) -> bool:
    return node.settings.node.address.startswith("https:")


def _keep_to_oneself(response: Response) -> None:
    # What one person saw must not be shown to the next one at the same computer.
    personal = this_viewer() is not None or session.modified or request.method != "GET"
    response.headers["Cache-Control"] = "private, no-store" if personal else "private, no-cache"
    if "Vary" in response.headers:
        response.vary.update(("Cookie", "Accept-Language"))
    else:
        response.headers["Vary"] = "Cookie, Accept-Language"
