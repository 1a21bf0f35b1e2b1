"""The ways of stewards and activists to these pages."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import Viewer
from .....core.web import can
from .. import queries


def on_my_page(session: Session, viewer: Viewer) -> list[Section]:
    """Return the way to accounts and containers, with how many wait for their money."""
    if not can("market.payouts"):
        return []
    hubs = None if viewer.is_steward else viewer.spaces("activist")
    waiting = len(queries.payouts(session, host_ids=hubs, limit=100))
    return [Section("market/accounts/mine.html", {"waiting": waiting}, order=40)]
