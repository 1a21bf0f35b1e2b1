"""Sign-ins: a random token on the device, only its hash here, to be listed and ended any time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.orm import Session

from ..models import ApiToken, Grant, Person, SignIn
from ..notices import unread_of
from ..statements import Statement
from ..values import Viewer

LASTS = timedelta(days=30)
"""How long a device that is not used stays signed in."""

SEEN_EVERY = timedelta(minutes=10)
"""How exact the time of the last visit is: a write for each page would be too dear."""

# Made once, of tables: this is read for every request of everyone who is logged in.
_person, _grant, _sign_in = (each.__table__ for each in (Person, Grant, SignIn))
_VIEWER = Statement(
    select(
        _sign_in.c.id, _sign_in.c.seen_at, _person.c.id.label("person_id"), _person.c.name,
        _person.c.email, _person.c.language, _person.c.email_checked_at, _person.c.agreed,
        _grant.c.space_id, _grant.c.role, unread_of(_person).label("unread"),
    )
    .select_from(
        _sign_in.join(_person, _person.c.id == _sign_in.c.person_id).outerjoin(
            _grant, _grant.c.person_id == _person.c.id
        )
    )
    .where(
        _sign_in.c.token_hash == bindparam("token_hash"),
        _sign_in.c.expires_at > bindparam("at"),
        _person.c.blocked_at.is_(None),
    )
)  # fmt: skip


def digest(token: str) -> str:
    """Return the SHA-256 of a token, which is all that is kept of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(
    session: Session, person_id: int, *, token: str, device: str, address: str, at: datetime
) -> None:
    """Sign a device in; whatever is known of devices that were not used for long is swept away."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= at))
    session.add(
        SignIn(
            person_id=person_id,
            token_hash=digest(token),
            device=device[:200],
            address=address[:45],
            created_at=at,
            seen_at=at,
            expires_at=at + LASTS,
        )
    )


def viewer(connection: Connection, token: str, *, at: datetime) -> tuple[Viewer, datetime] | None:
    """Return who holds this token and when they were last seen, in one query."""
    asked = {"token_hash": digest(token), "at": at}
    rows = _VIEWER.all(connection, asked)
    if not rows:
        return None
    first = rows[0]
    known = viewer_of(rows, session_id=first.id, agreed=first.agreed, unread=first.unread)
    return known, first.seen_at


def viewer_of(
    rows: Sequence[Any], *, session_id: int | None, agreed: str = "", unread: int = 0
) -> Viewer:
    """Return the person of whom these rows tell, one for each role; a program reads no notices."""
    first = rows[0]
    return Viewer(
        id=first.person_id,
        name=first.name,
        email=first.email,
        unread=unread,
        language=first.language,
        checked=first.email_checked_at is not None,
        session_id=session_id,
        roles=frozenset((row.space_id, row.role) for row in rows if row.role is not None),
        agreed=agreed,
    )


def seen(session: Session, sign_in_id: int, *, at: datetime) -> None:
    """Note a visit, which also keeps the device signed in for longer."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.seen_at < at)
        .values(seen_at=at, expires_at=at + LASTS)
    )


def of(session: Session, person_id: int, *, at: datetime) -> list[SignIn]:
    """Return the devices on which a person is signed in, the last used first."""
    query = select(SignIn).where(SignIn.person_id == person_id, SignIn.expires_at > at)
    return list(session.scalars(query.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def end(session: Session, person_id: int, sign_in_id: int) -> None:
    """Sign one of the person's own devices out."""
    session.execute(delete(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id))


def end_all(session: Session, person_id: int, *, but: int | None = None) -> None:
    """Sign all devices of a person out, except the one with the id ``but``.

    The tokens of programs end with them: whoever does this fears that somebody else has a way in.
    """
    session.execute(delete(ApiToken).where(ApiToken.person_id == person_id))
    ended = delete(SignIn).where(SignIn.person_id == person_id)
    session.execute(ended if but is None else ended.where(SignIn.id != but))
