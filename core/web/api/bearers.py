"""Who asks: by a token of theirs and by nothing else, so that no page elsewhere asks for them."""

from __future__ import annotations

from flask import g, request

from ...auth import attempts, require, tokens
from ...auth.tokens import Bearer
from ...errors import Forbidden
from ..page import this_node, this_site
from . import limits
from .problems import Problem

READING = ("GET", "HEAD")
_CHALLENGE = 'Bearer realm="wizzle"'


def admit(action: str, scope: str | None) -> None:
    """Let a request in, count it, and make the token's person the viewer; else a problem.

    What needs no scope is the same for everyone: there nobody is the viewer, token or not.
    """
    place = attempts.network(request.remote_addr)
    bearer = _bearer(place)
    if bearer is None:
        limits.check(limits.BY_ADDRESS, place)
    else:
        _count(bearer)
    if scope is not None:
        g.viewer = _holder(bearer, scope).viewer
        g.scopes = bearer.scopes if bearer else frozenset()
    try:
        require(this_site().permissions, g.get("viewer"), action)
    except Forbidden as error:
        raise Problem(403, "forbidden", str(error)) from error


def _bearer(place: str) -> Bearer | None:
    """Return who holds the token that was sent, None without one."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if not kind:
        return None
    node = this_node()
    found = None
    if kind.lower() == "bearer":
        with node.db.glance() as connection:
            found = tokens.bearer(connection, secret.strip(), at=node.clock.now())
    if found is None:
        limits.check(limits.BY_ADDRESS, place)
        raise Problem(
            401, "token-invalid", "This token does not work, or not any more.",
            headers={"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'},
        )  # fmt: skip
    return found


def _count(bearer: Bearer) -> None:
    node, who = this_node(), str(bearer.token_id)
    now = node.clock.now()
    if request.method not in READING:
        limits.check(limits.WRITES, who)
    limits.check(limits.BY_TOKEN, who)
    if bearer.used_at is None or now - bearer.used_at >= tokens.USED_EVERY:
        with node.db.write() as session:
            tokens.used(session, bearer.token_id, at=now)


def _holder(bearer: Bearer | None, scope: str) -> Bearer:
    if bearer is None:
        raise Problem(
            401, "token-missing", "This needs a token.",
            headers={"WWW-Authenticate": _CHALLENGE},
        )  # fmt: skip
    if scope not in bearer.scopes:
        raise Problem(
            403, "scope-missing", "The token is not good for this.", scope=scope,
            headers={
                "WWW-Authenticate": f'{_CHALLENGE}, error="insufficient_scope", scope="{scope}"'
            },
        )  # fmt: skip
    return bearer
