"""Moving the fund's money: in, out, and from what is free to what is set apart.

Each is one posting, made once for its key; whoever posts holds the end of the ledger, so that two
at once never spend the same won.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ....core import audit, ledger
from ....core.errors import Refused
from ....core.models import LedgerPosting
from ....core.node import Node
from ....core.statements import insert_of
from ....core.values import Won
from .models import Earmark
from .rules import AREA, BANK, PROJECT, apart


@dataclass(frozen=True, slots=True)
class Move:
    """A movement of so many won (above 0): ``key`` makes it single, ``subject`` names what it is
    for ("claim:7"), ``memo`` says it to everyone and so holds no name of a person."""

    amount: int
    key: str
    subject: str
    memo: str
    actor_id: int | None = None


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


def shift(
    node: Node, session: Session, move: Move, *, source: Earmark | None, target: Earmark | None
) -> bool:
    """Set money apart, free it again, or take it from one earmark to another; None is free money.

    Returns whether it was done now. ``Refused`` if the source holds less.
    """
    return _post(node, session, move, source, account_of(target))


def spend(
    node: Node, session: Session, move: Move, *, source: Earmark | None, to: str = BANK
) -> bool:
    """Let money leave the fund for another account; ``Refused`` if the source holds less."""
    return _post(node, session, move, source, to)


def receive(
    node: Node, session: Session, move: Move, *, target: Earmark | None, source: str = BANK
) -> bool:
    """Take money of another account into the fund; return whether it was done now.

    Money comes to the bank (or out of what is held for somebody), so the other side is not asked
    what it holds.
    """
    entries = ((source, move.amount), (account_of(target), -move.amount))
    return ledger.post(session, [_draft(move, entries)], node.clock.now()) > 0


def take_back(node: Node, session: Session, key: str, *, memo: str, actor_id: int | None) -> bool:
    """Take back what was spent under ``key`` by a counter-posting; return whether it was done now.

    It comes back to where it was spent from. ``Refused`` if nothing was spent.
    """
    ledger.hold(session)
    posting = session.scalars(select(LedgerPosting).where(LedgerPosting.key == key)).one_or_none()
    if posting is None:
        raise Refused("Nothing was paid under this.")
    back = f"reversal:{key}"[:120]
    if ledger.stands(session, back):
        return False
    ledger.reverse(session, posting.id, memo=memo[:300], at=node.clock.now(), actor_id=actor_id)
    return True


def account_of(earmark: Earmark | None) -> str:
    """Return the account of an earmark, None for the free money."""
    return apart(None if earmark is None else earmark.id)


def _post(node: Node, session: Session, move: Move, source: Earmark | None, to: str) -> bool:
    ledger.hold(session)
    code = account_of(source)
    draft = _draft(move, ((code, move.amount), (to, -move.amount)))
    if ledger.stands(session, move.key):
        return ledger.post(session, [draft], node.clock.now()) > 0
    held = ledger.balance(session, code)
    if held < move.amount:
        raise Refused("There are only %(held)s won for this.", held=f"{Won(held):,}")
    return ledger.post(session, [draft], node.clock.now()) > 0


def _draft(move: Move, entries: tuple[tuple[str, int], ...]) -> ledger.Draft:
    return ledger.Draft(
        key=move.key, subject=move.subject, memo=move.memo[:300], entries=entries,
        actor_id=move.actor_id,
    )  # fmt: skip
