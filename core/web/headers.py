"""Headers that tell browsers what a page of ours may do, and who may keep a copy of it."""

from __future__ import annotations

from hashlib import blake2b

from flask import Flask, Response, current_app, g, request, session

from ..node import Node
from .door import SLOT, Slot
from .page import this_node, this_site, this_viewer

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
_READING = ("GET", "HEAD")
_CONDITIONS = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"})
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
    if response.mimetype == "text/html":
        _tell_worker(response)
    if _is_alike(response):
        _seal(response)
    return response


def _is_alike(response: Response) -> bool:
    # A session, even a new one, is somebody's own: a message for its reader, the token of a form.
    return bool(g.get("alike")) and response.status_code == 200 and not session


def _seal(response: Response) -> None:
    """Give a page that is the same for every stranger its ETag, and let it be kept."""
    if "ETag" not in response.headers:
        response.set_etag(blake2b(response.get_data(), digest_size=16).hexdigest())
    slot: Slot | None = request.environ.get(SLOT)
    if slot is not None:
        slot.alike = True
    elif not _CONDITIONS.isdisjoint(request.environ):
        response.make_conditional(request)


def _by_https(node: Node) -> bool:
    return node.settings.node.address.startswith("https:")


def _tell_worker(response: Response) -> None:
    """Tell the service worker whose page this is, and whether it may keep it on the phone.

    What is seen through a role is about other people, and what leads in may hold a one-time link:
    neither stays on a phone.
    """
    viewer = this_viewer()
    if viewer is not None:
        response.headers["Wizzle-Reader"] = str(viewer.session_id)
    view = current_app.view_functions.get(request.endpoint or "")
    action = str(getattr(view, "action", ""))
    if action == "core.enter" or not this_site().permissions.needs_no_role(action):
        response.headers["Wizzle-Keep"] = "no"


def _keep_to_oneself(response: Response) -> None:
    # What one person saw must not be shown to the next one at the same computer.
    personal = this_viewer() is not None or session.modified or request.method not in _READING
    response.headers["Cache-Control"] = "private, no-store" if personal else "private, no-cache"
    if "Vary" in response.headers:
        response.vary.update(("Cookie", "Accept-Language"))
    else:
        response.headers["Vary"] = "Cookie, Accept-Language"
