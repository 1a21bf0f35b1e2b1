"""Making something once: a request that is sent again under its key is answered as before.

The answer is kept in the transaction that makes the thing. What was refused made nothing, and may
be tried again under the same key. (draft-ietf-httpapi-idempotency-key-header)
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import request
from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from ... import outbox
from ...again import in_transaction
from ...models import ApiAnswer
from ...node import Node
from ...statements import Statement
from ..page import this_member, this_node
from .problems import Problem

KEPT = timedelta(hours=48)
"""How long a key is known at least."""

SWEEP = "api.sweep"
"""The job that forgets older ones."""

HEADER = "Idempotency-Key"
_KEY = re.compile(r'"?([!#-\[\]-~]{8,80})"?')
_ANSWERS: Table = ApiAnswer.__table__  # type: ignore[assignment]
_CLAIM = Statement(
    lambda insert: insert(_ANSWERS).on_conflict_do_nothing().returning(_ANSWERS.c.status)
)

Made = tuple[int, str]
"""The status of an answer and its body."""


def once(make: Callable[[Session], Made], asked: Mapping[str, Any]) -> tuple[Made, bool]:
    """Do ``make`` in a transaction, or return what it returned before and True.

    ``asked`` is all that decides what is made: with another the same key is a problem.
    """
    node, person_id, key = this_node(), this_member().id, the_key()
    fingerprint = _fingerprint(asked)

    def work(session: Session) -> tuple[Made, bool]:
        now = node.clock.now()
        if not _claimed(session, person_id, key, fingerprint, now):
            return _standing(session, person_id, key, fingerprint), True
        status, body = make(session)
        session.execute(
            update(ApiAnswer)
            .where(ApiAnswer.person_id == person_id, ApiAnswer.key == key)
            .values(status=status, body=body)
        )
        ask_sweep(node, session)
        return (status, body), False

    return in_transaction(node.db, work)


def the_key() -> str:
    """Return the key of this request; quotation marks around it mean nothing."""
    found = _KEY.fullmatch(request.headers.get(HEADER, "").strip())
    if found is None:
        raise Problem(
            400, "key-missing",
            "Please send an Idempotency-Key of 8 to 80 letters that this request alone has.",
        )  # fmt: skip
    return found[1]


def _fingerprint(asked: Mapping[str, Any]) -> str:
    whole = [request.method, request.path, asked]
    told = json.dumps(whole, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def _claimed(session: Session, person_id: int, key: str, fingerprint: str, now: datetime) -> bool:
    """Write the key down; False if somebody has, for whose end this waits."""
    row = {
        "person_id": person_id, "key": key, "fingerprint": fingerprint, "status": 0, "body": "",
        "created_at": now,
    }  # fmt: skip
    return _CLAIM.one_or_none(session, row) is not None


def _standing(session: Session, person_id: int, key: str, fingerprint: str) -> Made:
    kept = session.execute(
        select(ApiAnswer.fingerprint, ApiAnswer.status, ApiAnswer.body).where(
            ApiAnswer.person_id == person_id, ApiAnswer.key == key
        )
    ).one()
    if kept.fingerprint != fingerprint:
        raise Problem(
            422, "key-reused", "This Idempotency-Key was used for another request already."
        )
    return kept.status, kept.body


def ask_sweep(node: Node, session: Session) -> None:
    """Let old answers be forgotten, once a day."""
    now = node.clock.now()
    day = now.date()
    outbox.enqueue(session, SWEEP, {}, key=f"{SWEEP}:{day}", at=now + timedelta(days=1))


def sweep(node: Node, _payload: Mapping[str, Any]) -> None:
    """Forget answers that were given long ago."""
    before = node.clock.now() - KEPT
    with node.db.write() as session:
        session.execute(delete(ApiAnswer).where(ApiAnswer.created_at < before))
