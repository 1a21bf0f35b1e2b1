"""Requests about one's data: made, proven, answered within ten days, each step written down.

PIPA articles 35 to 38 and decree articles 41 to 44: no harder than joining, and a result in ten
days. Whoever is no member shows by a letter that they read the mail of their address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .. import outbox
from ..errors import NotFound, Refused
from ..models import DataRequest
from ..node import Node
from ..values import Message
from . import letters
from .requests import (
    OPEN,
    PROOF,
    REMIND,
    STANDING,
    UNPROVEN,
    WITHIN,
    by_token,
    digest,
    note_step,
)

MOST_OPEN = 10
"""Requests of one address that may wait at the same time."""

REMIND_JOB = "rights.remind"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for, as they typed it; ``key`` makes the same form the same request."""

    kind: str
    name: str
    email: str
    language: str
    text: str
    key: str


def ask(session: Session, node: Node, wish: Wish, *, person_id: int) -> DataRequest:
    """Take the request of a member; its ten days begin now."""
    found = _made_before(session, wish)
    if found is not None:
        return found
    request, is_new = _add(session, node, wish, person_id=person_id, token=None)
    if is_new:
        _begin(session, node, request, by=person_id)
    return request


def ask_unproven(session: Session, node: Node, wish: Wish, *, token: str) -> DataRequest:
    """Take the request of somebody without an account, who is sent a link to prove the address."""
    found = _made_before(session, wish)
    if found is not None:
        return found
    request, is_new = _add(session, node, wish, person_id=None, token=token)
    if not is_new:
        return request
    note_step(session, node, request, "asked", by=None)
    letters.post(
        node, session, to=wish.email, language=wish.language, subject=_PROVE, text=_PROVE_TEXT,
        key=f"request-prove:{request.id}", name=wish.name,
        url=letters.address(node, f"/rights/{token}"),
    )  # fmt: skip
    return request


_PROVE = Message("%(node)s: did you ask about your data?", {}).text
_PROVE_TEXT = Message(
    "Hello %(name)s,\n\nsomebody, we hope you, has asked us something about your data. Please open"
    " this page and press the button, so that we know that it was you:\n\n%(url)s\n\nThe link waits"
    " for three days. Later you see on the same page how your request stands. If it was not you,"
    " please do nothing.",
    {},
).text


def _made_before(session: Session, wish: Wish) -> DataRequest | None:
    found = session.scalars(select(DataRequest).where(DataRequest.key == wish.key)).one_or_none()
    if found is not None:
        return found
    waiting = session.scalar(
        select(func.count())
        .select_from(DataRequest)
        .where(DataRequest.email == wish.email, DataRequest.state.in_((*STANDING, UNPROVEN)))
    )
    if (waiting or 0) >= MOST_OPEN:
        raise Refused("Several of your requests are waiting already. We answer those first.")
    return None


def _add(
    session: Session, node: Node, wish: Wish, *, person_id: int | None, token: str | None
) -> tuple[DataRequest, bool]:
    """Return the request, and whether it is a new one: two windows may send the same form."""
    request = DataRequest(
        key=wish.key, kind=wish.kind, person_id=person_id, name=wish.name, email=wish.email,
        language=wish.language, text=wish.text, made_at=node.clock.now(),
        token_hash=digest(token) if token else None,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(request)
            session.flush()
    except IntegrityError:
        same = select(DataRequest).where(DataRequest.key == wish.key)
        return session.scalars(same).one(), False
    return request, True


def prove(session: Session, node: Node, token: str) -> DataRequest:
    """Take it that whoever asked reads the mail of their address: the ten days begin."""
    request = by_token(session, token)
    if request.state != UNPROVEN:
        return request
    if node.clock.now() - request.made_at > PROOF:
        raise NotFound("This link was used already or is too old. Please ask for a new one.")
    _begin(session, node, request, by=None)
    return request


def _begin(session: Session, node: Node, request: DataRequest, *, by: int | None) -> None:
    now = node.clock.now()
    begun = session.execute(
        update(DataRequest)
        .where(DataRequest.id == request.id, DataRequest.state == UNPROVEN)
        .values(state=OPEN, due_at=now + WITHIN)
    )
    if not begun.rowcount:  # type: ignore[attr-defined]
        return  # pressed twice
    session.refresh(request)
    note_step(session, node, request, "open", by=by)
    outbox.enqueue(
        session, REMIND_JOB, {"id": request.id}, key=f"{REMIND_JOB}:{request.id}", at=now + REMIND
    )
    _tell_stewards(node, session, request, _NEW, key="new")


_NEW = Message("%(node)s: somebody asks about their data", {}).text
_LATE = Message("%(node)s: a request about data waits for its answer", {}).text
_STEWARD_TEXT = Message(
    "A request about personal data is waiting. It has to be answered by %(day)s, ten days after it"
    " was made (Personal Information Protection Act):\n\n%(url)s",
    {},
).text


def _tell_stewards(
    node: Node, session: Session, request: DataRequest, subject: str, *, key: str
) -> None:
    for steward in letters.stewards(session):
        letters.post(
            node, session, to=steward.email, language=steward.language, subject=subject,
            text=_STEWARD_TEXT, key=f"request-{key}:{request.id}:{steward.id}",
            day=f"{request.due_at:%Y-%m-%d}",
            url=letters.address(node, f"/admin/requests/{request.id}"),
        )  # fmt: skip


def remind(node: Node, payload: Mapping[str, Any]) -> None:
    """Tell those who run the node that a request still waits; done seven days after it was made."""
    with node.db.write() as session:
        request = session.get(DataRequest, int(payload["id"]))
        if request is None or request.state not in STANDING:
            return
        note_step(session, node, request, "reminded", by=None)
        _tell_stewards(node, session, request, _LATE, key="late")
