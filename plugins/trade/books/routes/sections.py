"""What the books add to pages of others: a steward's own page, what is open with a node."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.talk import Matter
from .....core.values import Viewer
from .....core.web import say
from .. import queries


def my_sections(session: Session, viewer: Viewer) -> list[Section]:
    """Return what is owed between nodes, for stewards."""
    if not viewer.is_steward:
        return []
    rows = [each for each in queries.balances(session) if each.owed or each.waiting]
    return [Section("trade/books/mine.html", {"rows": rows}, order=36)] if rows else []


def matters(session: Session, host: str) -> list[Matter]:
    """Return what is owed to or by a node, if it is not 0."""
    balance = queries.balance_with(session, host)
    if not (balance.owed or balance.waiting):
        return []
    return [Matter(say("Money that is not paid yet"), f"/trade/books/{host}")]
