"""What payouts add to one's own page: what one is owed, and what was paid last."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.banks import masked
from .....core.values import Viewer
from ...cycles.rules import ACTIVIST
from .. import queries
from .access import bank_name

FEW = 3


def my_sections(session: Session, viewer: Viewer) -> list[Section]:
    """Return what one's producers and hubs are owed now and were paid, if there is any."""
    accounts = [
        *(f"producer:{space_id}" for space_id in sorted(viewer.spaces("owner"))),
        *(f"activist:{space_id}" for space_id in sorted(viewer.spaces(ACTIVIST))),
    ]
    if not accounts:
        return []
    owed = [each for each in queries.owed_to(session, accounts) if each.amount]
    paid = queries.paid_to(session, accounts, limit=FEW)
    if not owed and not paid:
        return []
    context = {"owed": owed, "paid": paid, "masked": masked, "bank_name": bank_name}
    return [Section("assembly/payouts/mine.html", context, order=26)]
