"""Identity: who sends a request, and the language in which it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Flask, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from ..auth import sign_ins
from ..auth.accounts import Device
from ..values import Viewer
from .machine import is_machine
from .page import this_node

COOKIE = "wizzle_sign_in"
LANGUAGE_COOKIE = "wizzle_language"
_KEPT = 400 * 24 * 3600  # browsers keep no cookie longer; the server ends sign-ins much earlier
_NAMELESS = frozenset({"core.healthz", "core.picture"})


def install(app: Flask) -> None:
    """Find out at the start of each request who sends it."""
    app.before_request(_recognise)


def _recognise() -> None:
    token = request.cookies.get(COOKIE)
    nameless = request.endpoint in _NAMELESS or is_machine()
    g.viewer = _viewer(token) if token and not nameless else None
    g.tongue = this_node().catalogues.tongue(_language(g.viewer))


def _viewer(token: str) -> Viewer | None:
    node = this_node()
    now = node.clock.now()
    with node.db.glance() as connection:
        found = sign_ins.viewer(connection, token, at=now)
    if found is None:
        return None
    viewer, seen_at = found
    if viewer.session_id is not None and now - seen_at >= sign_ins.SEEN_EVERY:
        with node.db.write() as session:
            sign_ins.seen(session, viewer.session_id, at=now)
    return viewer


def _language(viewer: Viewer | None) -> str:
    wishes = [viewer.language if viewer else None, request.cookies.get(LANGUAGE_COOKIE)]
    accepted = request.headers.get("Accept-Language", "")
    return language_for(this_node().catalogues.languages, wishes, accepted)


def language_for(spoken: Sequence[str], wishes: Iterable[str | None], accepted: str) -> str:
    """Return the first wish that is spoken here, else what the browser accepts most, else ours."""
    for wish in wishes:
        if wish in spoken:
            return str(wish)
    return parse_accept_header(accepted, LanguageAccept).best_match(spoken) or spoken[0]


def this_device() -> Device:
    """Return what this request tells of the device that sends it."""
    return Device(agent=request.user_agent.string, address=request.remote_addr or "")


def keep_sign_in(response: Response, token: str) -> None:
    """Put the token of a sign-in on the device."""
    _set(response, COOKIE, token)


def drop_sign_in(response: Response) -> None:
    """Take the token off the device."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=_secure())


def keep_language(response: Response, language: str) -> None:
    """Remember the language that a stranger chose."""
    _set(response, LANGUAGE_COOKIE, language)


def _set(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_KEPT, httponly=True, samesite="Lax", secure=_secure())


def _secure() -> bool:
    return this_node().settings.node.address.startswith("https:")
