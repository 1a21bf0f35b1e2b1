"""The application: one Flask app for one node, with the pages of every enabled plugin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from ..auth import Permissions
from ..node import Node
from . import door, errors, guard, headers, identity, renewal, shell, statics
from .api.operations import tell_limits
from .downloads import Ending
from .look import own_look
from .machine import machines
from .numbers import Number
from .page import Site
from .routes import RULES, UNSIGNED, blueprint
from .sessions import Sessions

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST = 12 * 1024 * 1024
"""The largest request body in bytes: a phone's photograph passes, a film does not."""


def create_app(node: Node, *, keeps_pages: bool = False) -> Flask:
    """Make the website of this node; it may keep pages for strangers for a moment (``door``)."""
    app = errors.Website(
        "wizzle", instance_path=str(node.home), static_folder=None, template_folder=None
    )
    app.url_map.converters["int"] = Number
    app.url_map.converters["ending"] = Ending
    app.session_interface = Sessions()
    if keeps_pages:  # first, so that it stands behind what else is put before the application
        door.install(app, node)
    _configure(app, node)
    blueprints = [blueprint, *node.host.collect("blueprints", node=node)]
    app.extensions["wizzle"] = Site(
        node=node,
        permissions=Permissions([*RULES, *node.host.collect("rules")]),
        statics=statics.addresses(app, node),
        look=own_look(node),
    )
    # Identity first: also a request that is refused for want of a token is answered by a page.
    for part in (identity, headers, errors, guard, shell, renewal):
        part.install(app)
    app.after_request(tell_limits)
    signed = CSRFProtect(app)
    for each in blueprints:
        app.register_blueprint(each)
    for view in (*UNSIGNED, *machines(app)):
        signed.exempt(view)
    return app


def _configure(app: Flask, node: Node) -> None:
    public = node.settings.node.address
    app.config.update(
        SECRET_KEY=node.settings.secret,
        MAX_CONTENT_LENGTH=MOST,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_NAME="wizzle",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=public.startswith("https:"),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a page left open over night still works
        WTF_CSRF_SSL_STRICT=False,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.wsgi_app = _AtTheRoot(app.wsgi_app)  # type: ignore[method-assign]
    proxies = node.settings.server.trusted_proxies
    if proxies:  # otherwise anyone could name any address as theirs
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )


class _AtTheRoot:
    """A site lies at the root of its address, whatever a client says.

    Behind a proxy on the same machine gunicorn reads the prefix of all links from a header that
    anyone can send, and what is drawn for one visitor is kept for the next.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["SCRIPT_NAME"] = ""
        return self._app(environ, start_response)
