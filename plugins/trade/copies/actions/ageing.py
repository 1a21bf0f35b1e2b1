"""What becomes of copies that nobody could compare for long, and when they are fresh again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import outbox
from .....core.node import Node
from ....market import list_mirrored
from ..models import Copy, Source
from ..rules import TOO_OLD, is_too_old

JOB = "trade.age"


def fresh_again(node: Node, session: Session, source: Source) -> None:
    """Note that the copies are what the producer offers; goods that were withheld come back."""
    if source.withheld_at is not None:
        source.withheld_at = None
        list_mirrored(
            session, source.seller_id, _standing(session, source), listed=True,
            at=node.clock.now(),
        )  # fmt: skip
    if source.fetched_at is not None:
        # However often it is fetched, one look a day is asked for.
        day = f"{source.fetched_at:%Y-%m-%d}"
        _look_again(session, source, source.fetched_at, day)


def work(node: Node, payload: Mapping[str, Any]) -> None:
    """Take the goods of a source off the list if its copies are too old, else look later."""
    now = node.clock.now()
    with node.db.write() as session:
        source = session.get(Source, payload["source_id"], with_for_update=True)
        if source is None or source.ended_at is not None or source.withheld_at is not None:
            return
        if is_too_old(source.fetched_at, now):
            source.withheld_at = now
            goods = _standing(session, source)
            list_mirrored(session, source.seller_id, goods, listed=False, at=now)
        elif source.fetched_at is not None:
            _look_again(session, source, source.fetched_at, source.fetched_at.isoformat())


def _look_again(session: Session, source: Source, fetched_at: datetime, named: str) -> None:
    """Ask for a look when copies of this age will be too old."""
    due = fetched_at + TOO_OLD + timedelta(minutes=1)
    key = f"{JOB}:{source.id}:{named}"
    outbox.enqueue(session, JOB, {"source_id": source.id}, key=key, at=due)


def _standing(session: Session, source: Source) -> list[int]:
    picked = select(Copy.product_id).where(
        Copy.source_id == source.id, Copy.product_id.is_not(None), Copy.gone_at.is_(None)
    )
    return [id_ for id_ in session.scalars(picked) if id_ is not None]
