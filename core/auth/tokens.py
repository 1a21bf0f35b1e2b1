"""Tokens of programs: made by a person, shown once, good for what they say and no more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from .. import audit
from ..errors import NotFound, Refused
from ..models import ApiToken, Grant, Person
from ..node import Node
from ..statements import Statement
from ..values import Viewer
from .sign_ins import digest, viewer_of

PREFIX = "wizzle_"
"""What every token begins with, so that it is known for a secret where it does not belong."""

MOST = 20
"""Tokens that one person may have at a time."""

LASTS = (7, 30, 90, 365)
"""Days for which a token may be made."""

USED_EVERY = timedelta(minutes=10)
"""How exact the time of the last use is: a write for each request would be too dear."""

_person, _grant, _token = (each.__table__ for each in (Person, Grant, ApiToken))
_BEARER = Statement(
    select(
        _token.c.id, _token.c.scopes, _token.c.used_at, _person.c.id.label("person_id"),
        _person.c.name, _person.c.email, _person.c.language, _person.c.email_checked_at,
        _grant.c.space_id, _grant.c.role,
    )
    .select_from(
        _token.join(_person, _person.c.id == _token.c.person_id).outerjoin(
            _grant, _grant.c.person_id == _person.c.id
        )
    )
    .where(
        _token.c.token_hash == bindparam("token_hash"),
        _token.c.expires_at > bindparam("at"),
        _person.c.blocked_at.is_(None),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """A token as somebody wants it; ``days`` is one of ``LASTS``."""

    name: str
    scopes: Collection[str]
    days: int


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who holds a token, and what it is good for."""

    token_id: int
    viewer: Viewer
    scopes: frozenset[str]
    used_at: datetime | None


def make(session: Session, node: Node, person_id: int, wish: Wish) -> str:
    """Make a token and return it: this is the only time that it is known here."""
    now = node.clock.now()
    session.execute(delete(ApiToken).where(ApiToken.expires_at <= now))
    # Two windows that each make the last one wait for each other.
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    number = session.scalar(
        select(func.count()).select_from(ApiToken).where(ApiToken.person_id == person_id)
    )
    if (number or 0) >= MOST:
        raise Refused("There are %(most)s tokens already. Please end one first.", most=MOST)
    secret = PREFIX + node.random.token()
    session.add(
        ApiToken(
            person_id=person_id,
            name=wish.name,
            token_hash=digest(secret),
            scopes=sorted(set(wish.scopes)),
            created_at=now,
            expires_at=now + timedelta(days=wish.days),
        )
    )
    told = {"name": wish.name, "scopes": sorted(set(wish.scopes))}
    _record(session, node, "token.made", person_id, actor_id=person_id, **told)
    return secret


def bearer(connection: Connection, secret: str, *, at: datetime) -> Bearer | None:
    """Return who holds this token, in one query; None if it is none, has ended, or its person may
    not come in."""
    if not secret.startswith(PREFIX):
        return None
    rows = _BEARER.all(connection, {"token_hash": digest(secret), "at": at})
    if not rows:
        return None
    first = rows[0]
    viewer = viewer_of(rows, session_id=None)
    return Bearer(first.id, viewer, frozenset(first.scopes), first.used_at)


def used(session: Session, token_id: int, *, at: datetime) -> None:
    """Note that a token was used."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_at=at))


def of(session: Session, person_id: int, *, at: datetime) -> list[ApiToken]:
    """Return a person's tokens that still work, the newest first."""
    query = select(ApiToken).where(ApiToken.person_id == person_id, ApiToken.expires_at > at)
    return list(session.scalars(query.order_by(ApiToken.id.desc())))


def end(session: Session, node: Node, token_id: int, *, person_id: int | None = None) -> str:
    """End a token and return its name: one of this person's own, any for those who run the node
    (None)."""
    token = session.get(ApiToken, token_id)
    if token is None or person_id not in (None, token.person_id):
        raise NotFound("There is no such token.")
    session.delete(token)
    _record(session, node, "token.ended", token.person_id, actor_id=person_id, name=token.name)
    return token.name


def _record(
    session: Session, node: Node, action: str, person_id: int, *, actor_id: int | None,
    **details: object,
) -> None:  # fmt: skip
    audit.record(
        session, action, at=node.clock.now(), person_id=actor_id, subject=("person", person_id),
        **details,
    )  # fmt: skip
