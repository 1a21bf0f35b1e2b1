"""Taking in a bank's list: every row once, booked where exactly one thing fits; the rest waits
for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.deposits import SEEN, Brought, Left, Paid, read_deposits
from .....core.errors import Refused
from .....core.node import Node
from .....core.statements import insert_of
from .....core.values import Message
from .. import queries
from ..models import Arrival, BankFile, Deposit, Member
from ..rules import BOOKED, CAPITAL, MISTAKE, WAITING, Claim, Decision, decide
from .held import record
from .paying import Came, dues_came, shares_came, take_back

_AT_ONCE = 300
_NEAR = timedelta(days=4)
_BY_HAND = Message("Decided by hand.", {}).text
_TAKEN_BACK = Message("Taken back by hand.", {}).text


def take_file(node: Node, session: Session, brought: Brought, *, actor_id: int | None) -> int:
    """Take in a bank's list of deposits, and return the number of the file.

    A row that some file brought before brings nothing; Refused if the whole file did.
    """
    paid, left = read_deposits(brought.table, ZoneInfo(node.settings.node.time_zone))
    file_id = _new_file(node, session, brought, actor_id)
    fresh = _insert(session, file_id, paid)
    seen = Message("An earlier file brought this row.", {})
    left += [Left(each.line, SEEN, seen) for each in paid if each.mark not in fresh]
    session.get_one(BankFile, file_id).rest = [
        [each.line, each.outcome, each.why.text, dict(each.why.values)]
        for each in sorted(left, key=lambda each: each.line)
    ]
    _match(node, session, file_id, [each for each in paid if each.mark in fresh], actor_id)
    record(node, session, "file", ("bank_file", file_id), actor_id, deposits=len(fresh))
    return file_id


def _new_file(node: Node, session: Session, brought: Brought, actor_id: int | None) -> int:
    insert = insert_of(session.get_bind().dialect.name)
    row = {"name": brought.name, "digest": brought.digest, "rows": len(brought.table.rows),
           "rest": [], "actor_id": actor_id, "at": node.clock.now()}  # fmt: skip
    statement = insert(BankFile).values(row).on_conflict_do_nothing().returning(BankFile.id)
    made = session.scalar(statement)
    if made is None:
        raise Refused("This very file was taken in before. Nothing was done twice.")
    return int(made)


def _insert(session: Session, file_id: int, paid: Sequence[Paid]) -> set[str]:
    """Write what is new, in the order of its marks, so that two files that overlap never wait for
    each other in a circle; return the marks."""
    insert = insert_of(session.get_bind().dialect.name)
    rows: list[dict[str, Any]] = [
        {"file_id": file_id, "line": each.line, "mark": each.mark, "at": each.at,
         "depositor": each.depositor, "memo": each.memo, "amount": each.amount,
         "state": "unmatched", "why": "", "named": {}, "version": 1}
        for each in sorted(paid, key=lambda each: each.mark)
    ]  # fmt: skip
    fresh: set[str] = set()
    for start in range(0, len(rows), _AT_ONCE):
        statement = insert(Deposit).on_conflict_do_nothing().returning(Deposit.mark)
        fresh.update(session.scalars(statement, rows[start : start + _AT_ONCE]))
    return fresh


def _match(
    node: Node, session: Session, file_id: int, paid: Sequence[Paid], actor_id: int | None
) -> None:
    rows = session.scalars(select(Deposit).where(Deposit.file_id == file_id))
    standing = {row.mark: row for row in rows}
    claims, by_hand = queries.claims(session), _by_hand(session)
    found: list[tuple[Deposit, Claim]] = []
    for each in paid:
        made, deposit = decide(each, claims), standing[each.mark]
        if made.claim is not None and _noted(each, made.claim, by_hand):
            why = Message("The same sum of this member was entered by hand in these days.", {})
            made = Decision("ambiguous", None, why)
        deposit.state, deposit.why, deposit.named = made.state, made.why.text, {**made.why.values}
        if made.claim is not None:
            made.claim.due = max(0, made.claim.due - each.amount)
            made.claim.done = made.claim.what == CAPITAL
            found.append((deposit, made.claim))
    _hold_all(session, found)
    for deposit, claim in found:
        _book(node, session, deposit, claim.member_id, claim.purchase_id, actor_id)
    session.flush()


def _hold_all(session: Session, found: Sequence[tuple[Deposit, Claim]]) -> None:
    """Hold all members before the first of them is booked: the ledger is held last."""
    ids = sorted({claim.member_id for _, claim in found})
    query = select(Member.id).where(Member.id.in_(ids)).order_by(Member.id).with_for_update()
    session.execute(query).all()


def _by_hand(session: Session) -> dict[tuple[int, int], list[date]]:
    undoing = select(Arrival.reverses_id).where(Arrival.reverses_id.is_not(None))
    rows = session.execute(
        select(Arrival.member_id, Arrival.amount, Arrival.came_on)
        .where(Arrival.deposit_id.is_(None), Arrival.amount > 0, Arrival.way == "bank",
               Arrival.id.not_in(undoing))
        .order_by(Arrival.id.desc())
        .limit(2_000)
    )  # fmt: skip
    found: dict[tuple[int, int], list[date]] = {}
    for row in rows:
        found.setdefault((row.member_id, row.amount), []).append(row.came_on)
    return found


def _noted(paid: Paid, claim: Claim, by_hand: dict[tuple[int, int], list[date]]) -> bool:
    days = by_hand.get((claim.member_id, paid.amount), [])
    return any(abs(day - paid.at.date()) <= _NEAR for day in days)


def _book(
    node: Node, session: Session, deposit: Deposit, member_id: int, purchase_id: int | None,
    actor_id: int | None,
) -> None:  # fmt: skip
    zone = ZoneInfo(node.settings.node.time_zone)
    came = Came(
        deposit.amount, min(deposit.at, node.clock.now()).astimezone(zone).date(),
        f"deposit:{deposit.mark}:{deposit.version}", deposit_id=deposit.id, actor_id=actor_id,
    )  # fmt: skip
    if purchase_id is None:
        dues_came(node, session, member_id, came)
    else:
        shares_came(node, session, purchase_id, came)
    deposit.decided_at, deposit.decided_by = node.clock.now(), actor_id


def give(
    node: Node, session: Session, deposit_id: int, *, member_id: int, purchase_id: int | None,
    actor_id: int,
) -> None:  # fmt: skip
    """Give a deposit to a member for dues, or for shares that they want."""
    deposit = _waiting(session, deposit_id)
    _book(node, session, deposit, member_id, purchase_id, actor_id)
    _decide(node, session, deposit, "given", _BY_HAND, actor_id)


def leave_aside(node: Node, session: Session, deposit_id: int, *, actor_id: int) -> None:
    """Note that a deposit is no member's: a grant, rent, something else."""
    _decide(node, session, _waiting(session, deposit_id), "left", _BY_HAND, actor_id)


def take_back_deposit(node: Node, session: Session, deposit_id: int, *, actor_id: int) -> None:
    """Undo what was decided on a deposit, by an entry of its own where it was booked; the deposit
    waits for a person again. A second time changes nothing."""
    deposit = queries.deposit(session, deposit_id, lock=True)
    if deposit.state in WAITING:
        return
    booked = queries.booked_as(session, deposit_id) if deposit.state in BOOKED else None
    if booked is not None and booked.way != MISTAKE:
        take_back(node, session, booked.id, actor_id=actor_id)
    deposit.version += 1
    _decide(node, session, deposit, "unmatched", _TAKEN_BACK, actor_id)


def _waiting(session: Session, deposit_id: int) -> Deposit:
    found = queries.deposit(session, deposit_id, lock=True)
    if found.state not in WAITING:
        raise Refused("Somebody has decided on this deposit already. Please look again.")
    return found


def _decide(
    node: Node, session: Session, deposit: Deposit, state: str, why: str, actor_id: int
) -> None:
    deposit.state, deposit.why, deposit.named = state, why, {}
    deposit.decided_at, deposit.decided_by = node.clock.now(), actor_id
    session.flush()
    record(node, session, f"deposit_{state}", ("deposit", deposit.id), actor_id)
