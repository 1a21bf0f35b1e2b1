"""Corrections of what was settled, by the statement on which each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, cast, func, literal, select
from sqlalchemy.orm import Session

from .....core.models import LedgerPosting
from ...cycles.models import Cycle
from ..models import Correction, HubStatement, Statement


def corrections_on(
    session: Session, cycle_id: int, *, seller_id: int | None = None, hub_id: int | None = None
) -> Sequence[Row[Any]]:
    """Return the corrections on a round's statement for this seller, this hub, or the centre.

    These are those made since the statement before, whatever round they correct: every correction
    stands on just one statement of each. The order of the ledger's postings decides, since no
    two transactions post at once. Of each row: the correction's columns and ``title``.
    """
    marks = _marks(seller_id, hub_id)
    here = session.scalar(marks.where(Statement.cycle_id == cycle_id))
    if here is None:
        return ()
    before = marks.where(Statement.cycle_id != cycle_id, LedgerPosting.id < here)
    after = session.scalar(before) or 0
    return _corrections(session, seller_id, hub_id, LedgerPosting.id.between(after + 1, here))


def corrections_to_come(
    session: Session, *, seller_id: int | None = None, hub_id: int | None = None
) -> Sequence[Row[Any]]:
    """Return the corrections that will stand on the next statement of this seller or hub."""
    last = session.scalar(_marks(seller_id, hub_id)) or 0
    return _corrections(session, seller_id, hub_id, LedgerPosting.id > last)


def _marks(seller_id: int | None, hub_id: int | None) -> Select[Any]:
    """Return a query for the last posting of rounds in which this seller or hub had a part."""
    key = literal("settled:") + cast(Statement.cycle_id, String)
    key = key + ":" + cast(Statement.seller_id, String)
    query = select(func.max(LedgerPosting.id)).join(Statement, LedgerPosting.key == key)
    if seller_id is not None:
        query = query.where(Statement.seller_id == seller_id)
    if hub_id is not None:
        rounds = select(HubStatement.cycle_id).where(HubStatement.hub_id == hub_id)
        query = query.where(Statement.cycle_id.in_(rounds))
    return query


def _corrections(
    session: Session, seller_id: int | None, hub_id: int | None, posted: ColumnElement[bool]
) -> Sequence[Row[Any]]:
    query: Select[Any] = (
        select(*Correction.__table__.c, Cycle.title)
        .join(LedgerPosting, LedgerPosting.key == Correction.key)
        .join(Cycle, Cycle.id == Correction.cycle_id)
        .where(posted)
        .order_by(Correction.id)
    )
    if seller_id is not None:
        query = query.where(Correction.seller_id == seller_id)
    if hub_id is not None:
        query = query.where(Correction.hub_id == hub_id)
    return session.execute(query).all()
