"""The steward's way to the deposits, where the node has a bank account."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Viewer
from ...accounts.rules import bank_account
from .. import queries


def on_my_page(node: Node, session: Session, viewer: Viewer) -> list[Section]:
    """Return the way to the deposits, with how many wait for a person."""
    if not viewer.is_steward or bank_account(node.host.settings("market")) is None:
        return []
    numbers = queries.counted(session)
    waiting = sum(numbers.get(state, 0) for state in queries.WAITING)
    return [Section("market/transfers/mine.html", {"waiting": waiting}, order=41)]
