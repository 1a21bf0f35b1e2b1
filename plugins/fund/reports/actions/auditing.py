"""Auditing: counting all books again, and saying in public what was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import ledger, outbox
from .....core.answers import JobKind
from .....core.node import Node
from .....core.statements import insert_of
from ...earmarks import queries as earmarks
from ...earmarks.rules import differences
from ..models import Check, Opinion
from ..queries.periods import the_period, zone_of

JOB = "fund.check"
_MOST = 20
"""How many things that do not hold are written down."""


def ask_for_check(node: Node, session: Session) -> bool:
    """Ask for a recount of all books; return False if one was asked for this minute already."""
    now = node.clock.now()
    return outbox.enqueue(session, JOB, {}, key=f"{JOB}:{now:%Y%m%d%H%M}", at=now)


def check(node: Node) -> Check:
    """Read the whole ledger: its chain and trial balance, and whether the sums of all months are
    what its entries come to; write down what was found."""
    with node.db.read() as session:
        seen = ledger.verify(session)
        kept = earmarks.sums(session)
        wrong = differences(kept, earmarks.recount(session, zone_of(node)))
    words = list(seen.breaks)
    words += [
        f"{key[0]} {key[1]} {key[2]} {key[3]}: {there[0]:,} / {counted[0]:,}"
        for key, there, counted in wrong
    ]
    row = Check(
        at=node.clock.now(), entries=seen.entries, months=len({key[0] for key in kept}),
        wrong="\n".join(words[:_MOST]),
    )  # fmt: skip
    with node.db.write() as session:
        session.add(row)
        session.flush()
        session.expunge(row)
    return row


def _work(node: Node, payload: Mapping[str, Any]) -> None:
    check(node)


JOBS = (JobKind(JOB, _work),)


def say(
    node: Node, session: Session, period: int, text: str, *, key: str, actor_id: int
) -> Opinion:
    """Publish what the auditor says of a month or a year, once for its key; the last one holds."""
    the_period(node, session, period)
    insert = insert_of(session.get_bind().dialect.name)
    row = {"period": period, "text": text, "author_id": actor_id, "key": key[:80],
           "at": node.clock.now()}  # fmt: skip
    session.execute(insert(Opinion).values(row).on_conflict_do_nothing())
    return session.scalars(select(Opinion).where(Opinion.key == key[:80])).one()
