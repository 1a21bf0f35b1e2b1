"""Making what money is set apart for, and ending it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.node import Node
from .....core.statements import insert_of
from ..models import Earmark
from ..rules import AREA, PROJECT, apart
from .moving import Move, account_of, shift

__all__ = ["account_of", "close", "open_area", "open_for"]


def open_area(
    node: Node, session: Session, *, name: str, purpose: str, key: str, actor_id: int | None
) -> Earmark:
    """Make an area for which money can be set apart; the same key gives the same area."""
    made = _make(node, session, AREA, name=name, purpose=purpose, subject="", key=key)
    audit.record(
        session, "fund.opened_area", at=node.clock.now(), person_id=actor_id,
        subject=("earmark", made.id),
    )  # fmt: skip
    return made


def open_for(node: Node, session: Session, subject: str, *, name: str) -> Earmark:
    """Return the earmark of something that was decided on; it is made when first asked for."""
    key = f"for:{subject}"
    return _make(node, session, PROJECT, name=name, purpose="", subject=subject, key=key)


def _make(node: Node, session: Session, kind: str, **values: str) -> Earmark:
    insert = insert_of(session.get_bind().dialect.name)
    row = {"kind": kind, "made_at": node.clock.now(), **values}
    session.execute(insert(Earmark).values(row).on_conflict_do_nothing())
    return session.scalars(select(Earmark).where(Earmark.key == values["key"])).one()


def close(node: Node, session: Session, earmark: Earmark, *, actor_id: int | None) -> None:
    """End an earmark; what is left in it is free again."""
    ledger.hold(session)
    left = ledger.balance(session, apart(earmark.id))
    if left:
        memo = f"{earmark.name}: 남은 돈"
        move = Move(left, f"fund:close:{earmark.id}", f"earmark:{earmark.id}", memo, actor_id)
        shift(node, session, move, source=earmark, target=None)
    earmark.closed_at = earmark.closed_at or node.clock.now()
