"""What votes show on other pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash
from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.errors import WizzleError
from .....core.node import Node
from .....core.values import Message
from .....core.web import Signpost, can, this_node, this_tongue
from ...access import KEEP
from ...pages import blueprint
from .. import queries
from ..models import Vote
from ..rules import DRAFT, OPEN

_NEWS_DAYS = 14

SIGNPOSTS = (
    Signpost("fund.votes", "check", Message("Votes on projects", {}),
             Message("Take part, see results, and count them again yourself.", {})),
)  # fmt: skip


def fund_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return the votes in which one can take part now, and new results."""
    now = node.clock.now()
    running = queries.running(session, now)
    lately = queries.lately(session, now - timedelta(days=_NEWS_DAYS))
    if not running and not lately:
        return ()
    context = {"running": running, "lately": lately}
    return (Section("fund/ballots/section.html", context, order=10),)


@blueprint.app_template_global("vote_part")
def vote_part(programme: Any) -> dict[str, Any]:
    """Return what a programme's page shows of its votes: the newest with its turnout and result,
    and whether the viewer keeps them."""
    node, keeps = this_node(), can(KEEP)
    with node.db.look() as session:
        votes = queries.of_programme(session, programme.id, drafts=keeps)
        newest = votes[0] if votes else None
        told = queries.result_of(session, newest.id) if newest else None
        part = queries.turnout(session, newest.id) if newest else None
        session.expunge_all()
    return {
        "votes": votes, "vote": newest, "stands": stands(node, newest) if newest else "",
        "result": told, "turnout": part, "keeps": keeps,
    }  # fmt: skip


def stands(node: Node, vote: Vote) -> str:
    """Return how a vote stands for those who look at it: its state, or "soon" before it opens and
    "over" from its end until the count."""
    now = node.clock.now()
    if vote.state == OPEN and now >= vote.closes_at:
        return "over"
    if vote.state == OPEN and now < vote.opens_at:
        return "soon"
    return vote.state


def zone() -> ZoneInfo:
    """Return the time zone of the node."""
    return ZoneInfo(this_node().settings.node.time_zone)


def tell(error: WizzleError) -> None:
    """Show on the next page why something could not be done."""
    flash(this_tongue().say(error.message), "problem")


def is_draft(vote: Vote) -> bool:
    """Say whether all of a vote can still be changed."""
    return vote.state == DRAFT
