"""Asking people anew when a text that they agreed to has a new version, at their next visit.

What somebody sends is never stopped: what they were about to do is done, and they are asked on the
next page that they open, which then leads on to where they wanted to go.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, redirect, request, url_for

from ..rights import consent
from ..values import Viewer
from .consents import wanted
from .machine import is_machine
from .page import this_node, this_viewer

_OPEN = frozenset(
    {
        "core.renew", "core.terms", "core.privacy", "core.help_home", "core.help_page",
        "core.leave", "core.my_data", "core.consents", "core.my_requests", "core.healthz",
        "core.picture", "core.log_in", "core.request_page",
    }
)  # fmt: skip
"""Pages that somebody needs who does not want to agree, or wants to read first."""


def install(app: Flask) -> None:
    """Look at each page that somebody opens who is logged in."""
    app.before_request(_ask_anew)


def _ask_anew() -> Any:
    viewer = this_viewer()
    if viewer is None or viewer.agreed in ("", consent.stamp(wanted())) or not _is_a_page():
        return None
    if not to_renew(viewer):
        return None
    return redirect(url_for("core.renew", next=request.full_path.rstrip("?")))


def to_renew(viewer: Viewer) -> tuple[str, ...]:
    """Return what the person has to be asked anew; that nothing has to be is kept with them."""
    node = this_node()
    with node.db.read() as session:
        missing = consent.outdated(session, viewer.id, wanted())
    if not missing and viewer.agreed != consent.stamp(wanted()):
        with node.db.write() as session:
            consent.note_all_right(session, viewer.id, wanted())
    return missing


def _is_a_page() -> bool:
    if request.method != "GET" or request.endpoint is None or request.endpoint in _OPEN:
        return False
    if is_machine() or "Authorization" in request.headers:
        return False
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    reads = not request.accept_mimetypes or request.accept_mimetypes.accept_html
    return mode == "navigate" and reads
