"""Making something once: a request that is sent again under its key is answered as before.

The answer is kept in the transaction that makes the thing. What was refused made nothing, and may
be tried again under the same key. (draft-ietf-httpapi-idempotency-key-header)
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from ... import answered
from ...again import in_transaction
from ..page import this_member, this_node
from .problems import Problem

HEADER = "Idempotency-Key"
_KEY = re.compile(r'"?([A-Za-z0-9_.~:-]{8,80})"?')
PATTERN = f"^{_KEY.pattern.replace('(', '').replace(')', '')}$"
"""What the document says of a key."""

Made = tuple[int, str]
"""The status of an answer and its body."""


def once(make: Callable[[Session], Made], asked: Mapping[str, Any]) -> tuple[Made, bool]:
    """Do ``make`` in a transaction, or return what it returned before and True.

    ``asked`` is all that decides what is made: with another the same key is a problem.
    """
    node, person_id, key = this_node(), this_member().id, the_key()
    fingerprint = _fingerprint(asked)

    def work(session: Session) -> tuple[Made, bool]:
        kept = answered.claim(session, node, person_id, key, fingerprint)
        if kept is not None:
            if kept.fingerprint != fingerprint:
                raise Problem(
                    422, "key-reused", "This Idempotency-Key was used for another request already."
                )
            return (kept.status, kept.body), True
        status, body = make(session)
        answered.keep(session, node, person_id, key, status=status, body=body)
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
