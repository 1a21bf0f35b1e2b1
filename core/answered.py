"""What programs were answered when they made something: kept with it, forgotten after two days.

It is kept sealed with the node's secret: an answer may hold what is shown only once.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from . import outbox
from .errors import Refused
from .models import ApiAnswer
from .node import Node
from .statements import Statement

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

KEPT = timedelta(hours=48)
"""How long a key is known at least."""

SWEEP = "answered.sweep"
"""The job that forgets older ones."""

_ANSWERS: Table = ApiAnswer.__table__  # type: ignore[assignment]
_CLAIM = Statement(
    lambda insert: insert(_ANSWERS).on_conflict_do_nothing().returning(_ANSWERS.c.status)
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given, and the fingerprint of what was asked."""

    fingerprint: str
    status: int
    body: str


def claim(session: Session, node: Node, person_id: int, key: str, fingerprint: str) -> Kept | None:
    """Write a person's key down; if it was used already, return what was answered then.

    Waits for the end of another transaction that is about to use it.
    """
    now = node.clock.now()
    row = {
        "person_id": person_id, "key": key, "fingerprint": fingerprint, "status": 0, "body": "",
        "created_at": now,
    }  # fmt: skip
    if _CLAIM.one_or_none(session, row) is not None:
        day = now + timedelta(days=1)
        outbox.enqueue(session, SWEEP, {}, key=f"{SWEEP}:{now.date()}", at=day)
        return None
    kept = session.execute(
        select(ApiAnswer.fingerprint, ApiAnswer.status, ApiAnswer.body).where(
            ApiAnswer.person_id == person_id, ApiAnswer.key == key
        )
    ).one()
    return Kept(kept.fingerprint, kept.status, _opened(node, kept.body))


def keep(session: Session, node: Node, person_id: int, key: str, *, status: int, body: str) -> None:
    """Keep what is answered now, under a key that was claimed in this transaction."""
    session.execute(
        update(ApiAnswer)
        .where(ApiAnswer.person_id == person_id, ApiAnswer.key == key)
        .values(status=status, body=_seal(node).encrypt(body.encode()).decode())
    )


def _seal(node: Node) -> Fernet:
    from cryptography.fernet import Fernet  # large, and few starts need it

    key = hashlib.sha256(f"answered\n{node.settings.secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _opened(node: Node, sealed: str) -> str:
    from cryptography.fernet import InvalidToken

    try:
        return _seal(node).decrypt(sealed.encode()).decode()
    except InvalidToken as error:  # the node has another secret since
        raise Refused("What was answered to this cannot be read any more.") from error


def forget(session: Session, person_id: int) -> None:
    """Forget all that was answered to programs of somebody who leaves."""
    session.execute(delete(ApiAnswer).where(ApiAnswer.person_id == person_id))


def sweep(node: Node, _payload: Mapping[str, Any]) -> None:
    """Forget what was answered long ago."""
    before = node.clock.now() - KEPT
    with node.db.write() as session:
        session.execute(delete(ApiAnswer).where(ApiAnswer.created_at < before))
