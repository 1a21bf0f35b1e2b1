"""Moving the fund's money: in, out, and from what is free to what is set apart.

Each is one posting, made once for its key; whoever posts holds the end of the ledger, so that two
at once never spend the same won.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import NotFound, Refused
from .....core.models import LedgerAccount, LedgerEntry, LedgerPosting
from .....core.node import Node
from .....core.values import Won
from ..models import Earmark, Moved
from ..rules import APART, BANK, IN, OUT, apart, kind_by, place
from .posting import Told, post


@dataclass(frozen=True, slots=True)
class Move:
    """A movement of so many won (above 0): ``key`` makes it single, ``subject`` names what it is
    for ("claim:7"), ``memo`` says it to everyone and so holds no name of a person.

    ``kind`` is one of ``rules.KINDS_OF_MONEY`` ("dues", "donation", "pledge", "grant", "claim",
    "loan", "other"); left out, the subject tells it. ``back`` marks money that goes back where it
    came from: a pledge returned is less income, and no expense; an advance paid back is less
    expense.
    """

    amount: int
    key: str
    subject: str
    memo: str
    actor_id: int | None = None
    kind: str = ""
    back: bool = False


def shift(
    node: Node, session: Session, move: Move, *, source: Earmark | None, target: Earmark | None
) -> bool:
    """Set money apart, free it again, or take it from one earmark to another; None is free money.

    Returns whether it was done now. ``Refused`` if the source holds less.
    """
    entries = ((account_of(source), move.amount), (account_of(target), -move.amount))
    return _out_of(node, session, Told(_draft(move, entries), APART, APART))


def spend(
    node: Node, session: Session, move: Move, *, source: Earmark | None, to: str = BANK
) -> bool:
    """Let money leave the fund for another account; ``Refused`` if the source holds less."""
    entries = ((account_of(source), move.amount), (to, -move.amount))
    way = IN if move.back else OUT
    return _out_of(node, session, Told(_draft(move, entries), way, _kind(move)))


def receive(
    node: Node, session: Session, move: Move, *, target: Earmark | None, source: str = BANK
) -> bool:
    """Take money of another account into the fund; return whether it was done now.

    Money comes to the bank (or out of what is held for somebody), so the other side is not asked
    what it holds.
    """
    entries = ((source, move.amount), (account_of(target), -move.amount))
    way = OUT if move.back else IN
    return post(node, session, [Told(_draft(move, entries), way, _kind(move))]) > 0


def take_back(node: Node, session: Session, key: str, *, memo: str, actor_id: int | None) -> bool:
    """Post the opposite of a posting of the fund, once; both stay in the books.

    ``Refused`` if what would go out of an account of the fund is no longer in it.
    """
    row = session.execute(
        select(LedgerPosting.id, LedgerPosting.subject, Moved.way, Moved.kind)
        .join(Moved, Moved.posting == LedgerPosting.key)
        .where(LedgerPosting.key == key)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such entry.")
    entries = session.execute(
        select(LedgerAccount.code, LedgerEntry.amount)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerEntry.posting_id == row.id)
        .order_by(LedgerEntry.id)
    )
    draft = ledger.Draft(
        key=f"reversal:{key}"[:120], subject=row.subject, memo=memo[:300],
        entries=tuple((code, -amount) for code, amount in entries), actor_id=actor_id,
        reverses_id=row.id,
    )  # fmt: skip
    return _out_of(node, session, Told(draft, row.way, row.kind))


def account_of(earmark: Earmark | None) -> str:
    """Return the account of an earmark, None for the free money."""
    return apart(None if earmark is None else earmark.id)


def _out_of(node: Node, session: Session, told: Told) -> bool:
    """Post unless an account of the fund holds less than what goes out of it."""
    ledger.hold(session)
    if not ledger.stands(session, told.draft.key):
        for code, amount in told.draft.entries:
            if amount > 0 and place(code) is not None:
                held = ledger.balance(session, code)
                if held < amount:
                    raise Refused("There are only %(held)s won for this.", held=f"{Won(held):,}")
    return post(node, session, [told]) > 0


def _kind(move: Move) -> str:
    return kind_by(move.subject, move.kind)


def _draft(move: Move, entries: tuple[tuple[str, int], ...]) -> ledger.Draft:
    return ledger.Draft(
        key=move.key, subject=move.subject, memo=move.memo[:300], entries=entries,
        actor_id=move.actor_id,
    )  # fmt: skip
