"""Posting: new entries at the end of the chain, once for each key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from ..models import LedgerAccount, LedgerEntry, LedgerHead, LedgerPosting
from .drafts import Draft, LedgerError
from .proof import seal

_AT_ONCE = 500
"""How many keys or codes are looked up in one statement."""

# Written by their tables: thousands of rows need no object that is then thrown away.
_ACCOUNT, _POSTING, _ENTRY = (
    cast(Table, each.__table__) for each in (LedgerAccount, LedgerPosting, LedgerEntry)
)


def hold(session: Session) -> None:
    """Keep everyone else from posting until this transaction ends: a balance read now stands."""
    session.execute(select(LedgerHead.id).where(LedgerHead.id == 1).with_for_update())


def post(session: Session, drafts: Sequence[Draft], at: datetime) -> int:
    """Make the postings whose key is new and return how many that were.

    A key that stands already is passed over if it says the same, and is a ``LedgerError``
    otherwise: a repeated call changes nothing.
    """
    head = session.execute(
        select(LedgerHead).where(LedgerHead.id == 1).with_for_update()
    ).scalar_one()
    fresh = _fresh(session, drafts)
    if not fresh:
        return 0
    accounts = _accounts(session, {code for draft in fresh for code, _ in draft.entries})
    ids = _insert_postings(session, fresh, at)
    rows = list(_chained(fresh, at, ids, accounts, head.entry_id, head.hash))
    session.execute(insert(_ENTRY), rows)
    session.execute(
        update(LedgerHead).where(LedgerHead.id == 1),
        {"entry_id": rows[-1]["id"], "hash": rows[-1]["hash"]},
    )
    session.expire(head)
    return len(fresh)


def stands(session: Session, key: str) -> bool:
    """Say whether a posting of this key was made."""
    return session.scalar(select(LedgerPosting.id).where(LedgerPosting.key == key)) is not None


def reverse(
    session: Session, posting_id: int, *, memo: str, at: datetime, actor_id: int | None
) -> None:
    """Post the opposite of a posting; a second reversal of the same one changes nothing."""
    original = session.get_one(LedgerPosting, posting_id)
    rows = session.execute(
        select(LedgerAccount.code, LedgerEntry.amount)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerEntry.posting_id == posting_id)
        .order_by(LedgerEntry.id)
    )
    draft = Draft(
        key=f"reversal:{original.key}"[:120],
        subject=original.subject,
        memo=memo,
        entries=tuple((code, -amount) for code, amount in rows),
        actor_id=actor_id,
        reverses_id=posting_id,
    )
    post(session, [draft], at)


def _fresh(session: Session, drafts: Sequence[Draft]) -> list[Draft]:
    by_key = {draft.key: draft for draft in drafts}
    if len(by_key) != len(drafts):
        raise LedgerError("two drafts have the same key")
    standing = dict(_standing(session, list(by_key)))
    for key, entries in standing.items():
        if sorted(entries) != sorted(by_key[key].entries):
            raise LedgerError(f"posting {key} stands already and says something else")
    return [draft for draft in drafts if draft.key not in standing]


def _standing(session: Session, keys: list[str]) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    for start in range(0, len(keys), _AT_ONCE):
        rows = session.execute(
            select(LedgerPosting.key, LedgerAccount.code, LedgerEntry.amount)
            .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
            .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
            .where(LedgerPosting.key.in_(keys[start : start + _AT_ONCE]))
        )
        found: dict[str, list[tuple[str, int]]] = {}
        for key, code, amount in rows:
            found.setdefault(key, []).append((code, amount))
        yield from found.items()


def _accounts(session: Session, codes: set[str]) -> dict[str, int]:
    known = _known_accounts(session, codes)
    missing = sorted(codes - known.keys())
    if missing:  # under the lock of the head, so no one else makes the same one
        session.execute(insert(_ACCOUNT), [{"code": code} for code in missing])
        known |= _known_accounts(session, set(missing))
    return known


def _known_accounts(session: Session, codes: set[str]) -> dict[str, int]:
    wanted, known = sorted(codes), dict[str, int]()
    for start in range(0, len(wanted), _AT_ONCE):
        rows = session.execute(
            select(LedgerAccount.code, LedgerAccount.id).where(
                LedgerAccount.code.in_(wanted[start : start + _AT_ONCE])
            )
        )
        known |= {row.code: row.id for row in rows}
    return known


def _insert_postings(session: Session, drafts: Sequence[Draft], at: datetime) -> dict[str, int]:
    rows = [
        {
            "key": draft.key,
            "at": at,
            "subject": draft.subject,
            "memo": draft.memo,
            "actor_id": draft.actor_id,
            "reverses_id": draft.reverses_id,
        }
        for draft in drafts
    ]
    made = session.execute(insert(_POSTING).returning(_POSTING.c.key, _POSTING.c.id), rows)
    return {row.key: row.id for row in made}


def _chained(
    drafts: Iterable[Draft], at: datetime, ids: dict[str, int], accounts: dict[str, int],
    entry_id: int, previous: str,
) -> Iterator[dict[str, object]]:  # fmt: skip
    for draft in drafts:
        for code, amount in draft.entries:
            entry_id += 1
            sealed = seal(
                previous, entry_id, draft.key, at, draft.subject, draft.memo, code, amount
            )
            yield {
                "id": entry_id,
                "posting_id": ids[draft.key],
                "account_id": accounts[code],
                "amount": amount,
                "previous": previous,
                "hash": sealed,
            }
            previous = sealed
