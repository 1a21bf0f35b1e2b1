"""The books as anyone can read them, and the pages of the fund's offices."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Message
from .....core.web import Signpost
from .. import queries
from . import areas, audit, booking, entries, offices, periods

__all__ = ["SIGNPOSTS", "areas", "audit", "booking", "entries", "fund_sections", "offices",
           "periods"]  # fmt: skip

SIGNPOSTS = (
    Signpost("fund.months", "list", Message("The village's purse, month by month", {}),
             Message("What came in, what went out, what is left; in plain words.", {})),
    Signpost("fund.areas", "leaf", Message("What money is set apart for", {}),
             Message("Space, school, food, care: what stands in each, and why.", {})),
)  # fmt: skip


def fund_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return this month's books in short, first of all on the fund's page."""
    period = queries.periods.the_period(node, session, queries.periods.this_month(node))
    if not (period.report.begin or period.report.came or period.report.went):
        return ()
    context = {"month": period.report, "period": period.period}
    return (Section("fund/reports/this_month.html", context, order=5),)
