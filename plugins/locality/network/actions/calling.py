"""Open calls as stewards write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Call


@dataclass(frozen=True, slots=True)
class Plan:
    """A call as it is written; ``published``: everyone may read it."""

    title: str
    kind: str
    rules: str
    opens_at: datetime
    closes_at: datetime
    published: bool


def make_call(node: Node, session: Session, plan: Plan, *, key: str, actor_id: int) -> int:
    """Write a call and return its id; a repeated request finds the one that it made."""
    _check(plan)
    made = session.scalar(select(Call.id).where(Call.key == key))
    if made is not None:
        return made
    call = Call(key=key, **_columns(node, plan, None))
    session.add(call)
    session.flush()
    _record(node, session, "made", call, actor_id)
    return call.id


def change_call(
    node: Node, session: Session, call_id: int, plan: Plan, *, version: int, actor_id: int
) -> None:
    """Change a call; Refused if somebody else has changed it meanwhile."""
    _check(plan)
    call = session.scalar(select(Call).where(Call.id == call_id).with_for_update())
    if call is None:
        raise NotFound("There is no such call.")
    if call.version != version:
        raise Refused("Somebody has changed this meanwhile. Please look at it again.")
    for name, value in _columns(node, plan, call.published_at).items():
        setattr(call, name, value)
    call.version += 1
    session.flush()
    _record(node, session, "changed", call, actor_id)


def _check(plan: Plan) -> None:
    if plan.closes_at <= plan.opens_at:
        raise Invalid({"closes_at": [Message("The end lies before the beginning.", {})]})


def _columns(node: Node, plan: Plan, published_at: datetime | None) -> dict[str, object]:
    published = (published_at or node.clock.now()) if plan.published else None
    return {
        "title": plan.title, "kind": plan.kind, "rules": plan.rules, "opens_at": plan.opens_at,
        "closes_at": plan.closes_at, "published_at": published,
    }  # fmt: skip


def _record(node: Node, session: Session, what: str, call: Call, actor_id: int) -> None:
    audit.record(
        session, f"locality.call.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("call", call.id), title=call.title, published=call.published_at is not None,
    )  # fmt: skip
