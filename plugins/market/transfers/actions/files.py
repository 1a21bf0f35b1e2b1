"""Taking in a bank's list: every row once, matched where exactly one order fits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import Refused
from .....core.node import Node
from .....core.sheets import Table
from .....core.values import Message
from .. import queries
from ..models import BankFile, Deposit
from ..rules import SEEN, Left, Paid, decide, numbers_in, read_deposits
from .booking import Booking, book

_AT_ONCE = 300


def take_file(
    node: Node, session: Session, table: Table, *, name: str, digest: str, actor_id: int | None
) -> int:
    """Take in a bank's list of deposits, and return the number of the file.

    A row that some file brought before brings nothing; Refused if the whole file did.
    """
    paid, left = read_deposits(table, ZoneInfo(node.settings.node.time_zone))
    at = node.clock.now()
    file_id = _new_file(session, name, digest, len(table.rows), actor_id, at)
    fresh = _insert(session, file_id, paid)
    left += [
        Left(each.line, SEEN, Message("An earlier file brought this row.", {}))
        for each in paid
        if each.mark not in fresh
    ]
    rest = sorted(left, key=lambda each: each.line)
    session.get_one(BankFile, file_id).rest = [
        [each.line, each.outcome, each.why.text, dict(each.why.values)] for each in rest
    ]
    matched = _match(
        node, session, file_id, [each for each in paid if each.mark in fresh], actor_id
    )
    audit.record(
        session, "market.transfers.file", at=at, person_id=actor_id, subject=("bank_file", file_id),
        rows=len(table.rows), deposits=len(fresh), matched=matched,
    )  # fmt: skip
    return file_id


def _new_file(
    session: Session, name: str, digest: str, rows: int, actor_id: int | None, at: datetime
) -> int:
    """Write down the file; whoever hands in the same one at the same moment waits here."""
    row = {"name": name[-120:], "digest": digest, "rows": rows, "rest": [], "actor_id": actor_id,
           "at": at}  # fmt: skip
    made = session.scalar(_once(session, BankFile).returning(BankFile.id), row)
    if made is None:
        raise Refused("This very file was taken in before. Nothing was done twice.")
    return int(made)


def _insert(session: Session, file_id: int, paid: Sequence[Paid]) -> set[str]:
    """Write what is new, and return its marks.

    In the order of the marks, so that two files that overlap never wait for each other in a
    circle: the second finds its rows standing when the first has ended.
    """
    rows = [_row(file_id, each) for each in sorted(paid, key=lambda each: each.mark)]
    fresh: set[str] = set()
    for start in range(0, len(rows), _AT_ONCE):
        statement = _once(session, Deposit).returning(Deposit.mark)
        fresh.update(session.scalars(statement, rows[start : start + _AT_ONCE]))
    return fresh


def _once(session: Session, table: type[BankFile] | type[Deposit]) -> Any:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(table).on_conflict_do_nothing()


def _row(file_id: int, each: Paid) -> dict[str, Any]:
    return {
        "file_id": file_id,
        "line": each.line,
        "mark": each.mark,
        "at": each.at,
        "depositor": each.depositor,
        "memo": each.memo,
        "amount": each.amount,
        "state": "unmatched",
        "why": "",
        "named": {},
        "version": 1,
    }


def _match(
    node: Node, session: Session, file_id: int, paid: Sequence[Paid], actor_id: int | None
) -> int:
    """Find the order of each deposit, one after the other, and book what was found."""
    rows = session.scalars(select(Deposit).where(Deposit.file_id == file_id))
    standing = {row.mark: row for row in rows}
    claims = queries.claims(session, numbers_in(each.text for each in paid))
    bookings = []
    for each in paid:
        made, deposit = decide(each, claims), standing[each.mark]
        deposit.state, deposit.why, deposit.named = made.state, made.why.text, {**made.why.values}
        if made.claim is not None:
            made.claim.due = max(0, made.claim.due - each.amount)
            bookings.append(Booking(deposit, made.claim.person_id, made.claim.order_id))
    if bookings:
        book(node, session, bookings, state="matched", actor_id=actor_id)
    session.flush()
    return len(bookings)
