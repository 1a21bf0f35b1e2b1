"""Adding the ledger up by month, a bounded piece at a time and each entry once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .....core.answers import Service
from .....core.models import LedgerAccount, LedgerEntry, LedgerPosting
from .....core.node import Node
from .....core.statements import insert_of
from ..models import Flow, FlowMark, FlowSource
from ..rules.circulation import LEAST, RESIDENTS, moves

PIECE = 2_000
"""Entries that are added up in one transaction."""

_LOOK = 30.0
"""Seconds until what was posted meanwhile is added up."""

_ASKED = 200
"""Subjects by which it is asked how many residents stand behind a sum; fewer than that may."""

log = structlog.get_logger("wizzle.circulation")


@dataclass
class Sums:
    """What a piece of the ledger adds: won by month, payer and receiver, and where they come from.

    ``sources`` has what residents paid by month, receiver and subject of the posting.
    """

    won: dict[tuple[str, str, str], int] = field(default_factory=dict)
    sources: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def take(self, month: str, subject: str, found: Iterable[tuple[str, str, int]]) -> None:
        """Add what one posting moved."""
        for payer, receiver, amount in found:
            key = month, payer, receiver
            self.won[key] = self.won.get(key, 0) + amount
            if payer == RESIDENTS and amount > 0:
                source = month, receiver, subject
                self.sources[source] = self.sources.get(source, 0) + amount


def count_on(node: Node, session: Session, piece: int = PIECE) -> int:
    """Add up the next entries of the ledger; return how many that were. The mark is locked, so
    that two who do so at once add nothing twice."""
    mark = _mark(session)
    rows = _entries(session, mark.entry_id, piece)
    if not rows:
        return 0
    sums = added(rows, ZoneInfo(node.settings.node.time_zone))
    _write(session, sums)
    _note_residents(node, session, sums)
    mark.entry_id, mark.at = rows[-1].id, rows[-1].at
    return len(rows)


def added(rows: Iterable[Any], zone: ZoneInfo) -> Sums:
    """Return the sums of whole postings, whose entries stand beside one another."""
    sums = Sums()
    for _, entries in groupby(rows, key=lambda row: row.posting_id):
        group = list(entries)
        first = group[0]
        found = moves(
            first.subject, [(row.code, row.amount) for row in group],
            reverses=first.reverses_id is not None,
        )  # fmt: skip
        sums.take(month_of(first.at, zone), first.subject, found)
    return sums


def month_of(at: datetime, zone: ZoneInfo) -> str:
    """Return the month of an instant in this zone: "2026-11"."""
    return f"{at.astimezone(zone):%Y-%m}"


def _mark(session: Session) -> FlowMark:
    insert = insert_of(session.get_bind().dialect.name)
    first = insert(FlowMark).values(id=1, entry_id=0, at=None)
    session.execute(first.on_conflict_do_nothing())
    return session.scalars(select(FlowMark).where(FlowMark.id == 1).with_for_update()).one()


def _entries(session: Session, after: int, limit: int) -> Sequence[Any]:
    """Return the next entries, none of a posting whose end is not among them."""
    rows = session.execute(
        select(
            LedgerEntry.id, LedgerEntry.posting_id, LedgerEntry.amount, LedgerAccount.code,
            LedgerPosting.at, LedgerPosting.subject, LedgerPosting.reverses_id,
        )
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerEntry.id > after)
        .order_by(LedgerEntry.id)
        .limit(limit)
    ).all()  # fmt: skip
    if len(rows) < limit:
        return rows
    whole = [row for row in rows if row.posting_id != rows[-1].posting_id]
    return whole or _entries(session, after, limit * 2)  # a posting larger than the piece


def _write(session: Session, sums: Sums) -> None:
    insert = insert_of(session.get_bind().dialect.name)
    names = ("month", "payer", "receiver")
    if sums.won:
        into = insert(Flow)
        session.execute(
            into.on_conflict_do_update(
                index_elements=names, set_={"amount": Flow.amount + into.excluded.amount}
            ),
            [
                {**dict(zip(names, key, strict=True)), "amount": won, "residents": 0}
                for key, won in sorted(sums.won.items())
            ],
        )
    if sums.sources:
        names = ("month", "receiver", "subject")
        into = insert(FlowSource)
        session.execute(
            into.on_conflict_do_update(
                index_elements=names, set_={"amount": FlowSource.amount + into.excluded.amount}
            ),
            [
                {
                    **dict(zip(names, key, strict=True)),
                    "amount": won,
                    "residents": 0,
                    "is_round": _is_round(key[2]),
                }
                for key, won in sorted(sums.sources.items())
            ],
        )


def _note_residents(node: Node, session: Session, sums: Sums) -> None:
    """Write down how many residents stand behind what was added, where that may be too few."""
    for month, receiver, subject in sorted(sums.sources):
        if _is_round(subject):  # what sells to one at a time never has five
            behind = _residents(node, session, receiver, frozenset({subject}))
            session.execute(
                update(FlowSource)
                .where(
                    FlowSource.month == month, FlowSource.receiver == receiver,
                    FlowSource.subject == subject,
                )
                .values(residents=behind)
            )  # fmt: skip
    singly = {key[:2] for key in sums.sources if not _is_round(key[2])}
    for month, receiver in sorted(singly):
        _note_month(node, session, month, receiver)


def _is_round(subject: str) -> bool:
    return subject.startswith("cycle:")


def _note_month(node: Node, session: Session, month: str, receiver: str) -> None:
    own = (Flow.month == month, Flow.payer == RESIDENTS, Flow.receiver == receiver)
    known = session.scalar(select(Flow.residents).where(*own))
    if known is None or known >= LEAST:
        return
    subjects = session.scalars(
        select(FlowSource.subject)
        .where(
            FlowSource.month == month,
            FlowSource.receiver == receiver,
            FlowSource.is_round.is_(False),
        )
        .order_by(FlowSource.amount.desc(), FlowSource.subject)
        .limit(_ASKED)
    )
    behind = _residents(node, session, receiver, frozenset(subjects))
    session.execute(update(Flow).where(*own).values(residents=behind))


def _residents(node: Node, session: Session, receiver: str, subjects: frozenset[str]) -> int:
    """Ask whoever keeps orders; nobody answers for gifts, behind which one person may stand."""
    kind, _, owner = receiver.partition(":")
    if kind == "organisation":
        return 0
    seller = int(owner) if kind == "producer" and owner.isdecimal() else None
    answer = node.hooks.buyers(node=node, session=session, subjects=subjects, seller_id=seller)
    return int(answer or 0)


def count_all(node: Node) -> int:
    """Add up all that is left; return how many entries that were."""
    done = 0
    while True:
        with node.db.write() as session:
            some = count_on(node, session)
        if not some:
            return done
        done += some


def _go_on(node: Node, stop: Event) -> None:
    while not stop.is_set():
        try:
            count_all(node)
        except Exception:  # whatever it is: the sums would stand still without a word
            log.exception("the ledger could not be added up")
        stop.wait(_LOOK)


SERVICE = Service("circulation", count_all, _go_on)
