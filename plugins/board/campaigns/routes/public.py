"""Campaigns as everyone sees them: the list, and the page of each."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from .....core.values import Message
from .....core.web import (
    Shared,
    asked_number,
    can,
    hidden_notice,
    paged,
    permitted,
    say,
    shared,
    this_node,
    this_viewer,
)
from ...pages import blueprint
from .. import queries
from ..access import RUN, SEE, today
from ..queries import AnyRow
from ..rules import CLOSED, KINDS, OPEN, ask_state
from .shown import ended, visible

FACES = {OPEN: Message("Open now", {}), CLOSED: Message("Over", {})}


@blueprint.get("/campaigns")
@permitted(SEE, alike=True)
def campaigns() -> Any:
    """List the campaigns that are open, or those that have ended."""
    state = CLOSED if request.args.get("state") == CLOSED else OPEN
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    with this_node().db.read() as session:
        rows = queries.campaigns(session, state=state, kind=kind or None, before=asked_number())
    last = rows[: queries.SIZE][-1].id if rows else None
    tabs = [
        {"label": say(label.text), "current": name == state,
         "url": url_for("board.campaigns", state=name, kind=kind or None)}
        for name, label in FACES.items()
    ]  # fmt: skip
    return render_template(
        "board/campaigns/campaigns.html", page=paged(rows, queries.SIZE, str(last)), tabs=tabs,
        kind=kind, state=state,
    )  # fmt: skip


@blueprint.get("/campaigns/<int:campaign_id>")
@permitted(SEE, alike=True)
def campaign(campaign_id: int) -> Any:
    """Show a campaign with what its kind has to show, and its news."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        row = queries.campaign_page(session, campaign_id)
        if row.hidden_at is not None and not can(RUN, row.space_id):
            return hidden_notice(session, f"campaign:{row.id}")
        row = visible(session, campaign_id)
        news = queries.updates(session, row.id, before=asked_number())
        context = {
            "names": queries.shown_names(session, row.id) if row.kind == "petition" else (),
            "asks": queries.asks(session, row.id) if row.kind == "ask" else (),
            "needs": queries.needs(session, row.id, viewer.id if viewer else None)
            if row.kind == "things"
            else (),
            "mine": viewer and queries.signature_of(session, row.id, viewer.id),
        }
    last = news[:10][-1].id if news else None
    return render_template(
        "board/campaigns/campaign.html", campaign=row, news=paged(news, 10, str(last)),
        runs=can(RUN, row.space_id), today=today(), ask_state=ask_state, shared=_shared(row),
        over=ended(row), **context,
    )  # fmt: skip


def _shared(row: AnyRow) -> Shared | None:
    if not queries.is_public(row):
        return None
    return shared(
        "board.campaign", row.title, row.summary, card=("campaign", row.id), kind="article",
        campaign_id=row.id,
    )  # fmt: skip
