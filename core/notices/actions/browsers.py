"""Browsers that take push messages: added by their owner, few to each, dropped when gone."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from hashlib import sha256
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...errors import Invalid
from ...members import stays
from ...node import Node
from ...statements import insert_of
from ...values import Message
from ..models import Browser

MOST_BROWSERS = 8
"""So many browsers one person has; the oldest makes room."""

LONGEST = 1_000
"""Letters of an address of a push service."""

_LOCAL = ("127.0.0.1", "localhost", "::1")


def add_browser(
    node: Node,
    session: Session,
    person_id: int,
    *,
    endpoint: str,
    public: str,
    auth: str,
    device: str,
) -> None:
    """Send messages to this browser from now on; twice is the same as once.

    ``public`` and ``auth`` are its keys in base64url. A browser that somebody else has used so far
    is whose it is now. ``Invalid`` if nothing could be sent there.
    """  # fmt: skip
    _check(endpoint, public, auth, loopback=node.settings.server.development)
    if stays(session, person_id) is None:
        return
    insert = insert_of(session.get_bind().dialect.name)(Browser)
    values = {"person_id": person_id, "public": public, "auth": auth, "device": device[:200],
              "added_at": node.clock.now()}  # fmt: skip
    row = {"endpoint": endpoint, "digest": _digest(endpoint), **values}
    session.execute(
        insert.values(row).on_conflict_do_update(index_elements=["digest"], set_=values)
    )
    kept = (
        select(Browser.id)
        .where(Browser.person_id == person_id)
        .order_by(Browser.added_at.desc(), Browser.id.desc())
        .limit(MOST_BROWSERS)
    )
    ids = session.scalars(kept).all()
    session.execute(delete(Browser).where(Browser.person_id == person_id, Browser.id.not_in(ids)))


def drop_browser(session: Session, person_id: int, browser_id: int) -> None:
    """Send nothing more to one of a person's own browsers."""
    session.execute(delete(Browser).where(Browser.person_id == person_id, Browser.id == browser_id))


def drop_browser_by_endpoint(session: Session, person_id: int, endpoint: str) -> None:
    """Send nothing more to the browser of this address, if it is the person's own."""
    own = delete(Browser).where(Browser.person_id == person_id)
    session.execute(own.where(Browser.digest == _digest(endpoint)))


def keys_of(public: str, auth: str) -> tuple[bytes, bytes]:
    """Return the keys of a browser; ``ValueError`` if they are not base64url."""
    return _decoded(public), _decoded(auth)


def _check(endpoint: str, public: str, auth: str, *, loopback: bool) -> None:
    from ...webpush import check_keys

    try:
        parts = urlsplit(endpoint)
        local = loopback and parts.hostname in _LOCAL
        is_there = bool(parts.hostname) and (parts.scheme == "https" or local)
        if len(endpoint) > LONGEST or not is_there or "@" in parts.netloc:
            raise ValueError(endpoint)
        check_keys(*keys_of(public, auth))
    except ValueError:
        wrong = Message("This browser cannot be sent messages. Please try another one.", {})
        raise Invalid({"endpoint": [wrong]}) from None


def _decoded(text: str) -> bytes:
    if len(text) > 90 or not text.isascii():
        raise ValueError("a key of a browser is shorter")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _digest(endpoint: str) -> str:
    return sha256(endpoint.encode("utf-8", "replace")).hexdigest()
