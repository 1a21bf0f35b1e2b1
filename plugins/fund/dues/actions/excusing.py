"""Being let off: a member asks, the treasurer answers; no money moves."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from .....core.values import Message
from .. import queries
from ..models import Due, Member
from .held import locked, own, record, tell_desk, tell_member
from .owing import settle

_ASKS = Message("A member asks to be let off: %(amount)s won", {}).text
_ASKS_TEXT = Message("Why stands at the member's dues, for those alone who keep the fund.", {}).text
_YES = Message("You are let off: %(amount)s won", {}).text
_NO = Message("You were not let off: %(amount)s won", {}).text


def plead(node: Node, session: Session, due_id: int, *, words: str, person_id: int) -> None:
    """Ask to be let off a due; anew once it was answered."""
    member = own(session, queries.due(session, due_id).member_id, person_id)
    due = _open(session, due_id)
    waits = due.plea_at is not None and due.answered_at is None
    due.plea, due.answer, due.answered_at, due.answered_by = words, "", None, None
    due.plea_at = due.plea_at if waits else node.clock.now()
    session.flush()
    title = Message(_ASKS, {"amount": f"{due.amount - due.paid:,}"})
    key = f"plea:{due_id}:{due.plea_at:%Y%m%d%H%M%S}"
    tell_desk(node, session, member.id, title, Message(_ASKS_TEXT, {}), key=key)
    record(node, session, "pleaded", ("due", due_id), person_id)


def waive(node: Node, session: Session, due_id: int, *, reason: str, actor_id: int) -> None:
    """Let a member off a due, asked for or not; what was paid of it counts for their others."""
    member = locked(session, queries.due(session, due_id).member_id)
    due = queries.due(session, due_id, lock=True)
    if due.waived_at is not None:
        return
    due = _open(session, due_id)
    amount = due.amount - due.paid
    due.waived_at = node.clock.now()
    _answer(node, session, member, due, _YES, amount, reason, actor_id)
    settle(session, member.id)
    record(node, session, "waived", ("due", due_id), actor_id, amount=amount)


def decline(node: Node, session: Session, due_id: int, *, reason: str, actor_id: int) -> None:
    """Do not let a member off who asked, and say why."""
    member = locked(session, queries.due(session, due_id).member_id)
    due = queries.due(session, due_id, lock=True)
    if due.plea_at is None or due.waived_at is not None:
        raise Refused("Nobody asks to be let off this.")
    if due.answered_at is not None:
        return
    _answer(node, session, member, due, _NO, due.amount - due.paid, reason, actor_id)
    record(node, session, "declined", ("due", due_id), actor_id)


def _answer(
    node: Node, session: Session, member: Member, due: Due, title: str, amount: int, reason: str,
    actor_id: int,
) -> None:  # fmt: skip
    due.answer, due.answered_at, due.answered_by = reason, node.clock.now(), actor_id
    session.flush()
    told = Message(title, {"amount": f"{amount:,}"})
    key = f"answer:{due.id}:{due.answered_at:%Y%m%d%H%M%S}"
    tell_member(node, session, member, told, reason, key=key)


def _open(session: Session, due_id: int) -> Due:
    due = queries.due(session, due_id, lock=True)
    if due.waived_at is not None or due.paid >= due.amount:
        raise Refused("Nothing is to be paid for this any more.")
    return due
