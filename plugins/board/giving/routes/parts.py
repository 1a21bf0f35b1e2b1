"""What donations add to a campaign's pages, to lists of campaigns, and to one's own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import Viewer
from .....core.web import can, this_node
from ...campaigns.access import today
from ...campaigns.queries import AnyRow
from ...pages import blueprint
from .. import queries
from ..access import BOOKS
from ..rules import RESULT_DAYS, receipt_number, result_due


@blueprint.app_template_global("late_results")
def late_results(campaigns: Sequence[AnyRow]) -> frozenset[int]:
    """Return the ids of those of these campaigns whose account is overdue."""
    ids = [row.id for row in campaigns if row.kind == "donation"]
    if not ids:
        return frozenset()
    with this_node().db.look() as session:
        return queries.late_results(session, ids, today())


@blueprint.app_template_global("appeal_part")
def appeal_part(campaign: AnyRow) -> dict[str, Any]:
    """Return what the page of a donation campaign shows: notice, sums, givers, use, account."""
    with this_node().db.look() as session:
        appeal = queries.appeal_of(session, campaign.id)
        result = queries.result_of(session, campaign.id)
        due = None
        if appeal is not None and campaign.state != "draft":
            closed = campaign.closed_at and campaign.closed_at.date()
            due = result_due(appeal.collect_until, closed)
        found = {
            "appeal": appeal,
            "sums": queries.sums(session, campaign.id, campaign.space_id),
            "givers": queries.shown_givers(session, campaign.id),
            "spendings": queries.spendings(session, campaign.id),
            "result": result,
            "due": due,
            "late": due is not None and result is None and today() > due,
            "keeps_books": can(BOOKS, campaign.space_id),
            "days": RESULT_DAYS,
        }
        session.expunge_all()
    return found


def my_sections(session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return what one has given, with where to send what has not arrived."""
    rows = queries.gifts_of(session, viewer.id)
    context = {"gifts": rows, "receipt_number": receipt_number}
    return (Section("board/giving/mine.html", context, order=42),) if rows else ()
