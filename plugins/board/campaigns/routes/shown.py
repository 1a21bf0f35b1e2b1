"""Which campaign a page is about, and how a refusal is told there."""

from __future__ import annotations

from flask import redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, Invalid, NotFound, WizzleError
from .....core.web import allow, can, told
from .. import queries
from ..access import RUN, today
from ..queries import AnyRow
from ..rules import CLOSED, is_over


def visible(session: Session, campaign_id: int) -> AnyRow:
    """Return a campaign that the viewer may see; NotFound else. Stewards' measures are for the
    page itself to say."""
    row = queries.campaign_page(session, campaign_id)
    if not queries.is_public(row) and not can(RUN, row.space_id):
        raise NotFound("There is no such campaign here.")
    return row


def of_kind(session: Session, campaign_id: int, kind: str) -> AnyRow:
    """Return a campaign of this kind that the viewer may see; NotFound else."""
    row = visible(session, campaign_id)
    if row.kind != kind:
        raise NotFound("There is no such campaign here.")
    return row


def ended(row: AnyRow) -> bool:
    """Say whether nobody can take part any more."""
    return row.state == CLOSED or is_over(row.ends_on, today())


def own(session: Session, campaign_id: int, kind: str = "") -> AnyRow:
    """Return a campaign that the viewer runs; 403 else, and NotFound if it is of another kind."""
    row = of_kind(session, campaign_id, kind) if kind else visible(session, campaign_id)
    allow(RUN, row.space_id)
    return row


def tell(error: WizzleError) -> None:
    """Show on the next page why something was not done; what one may not do at all stays 403."""
    if isinstance(error, (Forbidden, NotFound)):
        raise error
    if not isinstance(error, Invalid):
        told(error.message.text, "problem", **error.message.values)
        return
    for messages in error.fields.values():
        for message in messages:
            told(message.text, "problem", **message.values)


def to_page(campaign_id: int) -> Response:
    """Lead back to the campaign."""
    return redirect(url_for("board.campaign", campaign_id=campaign_id))


def to_desk(campaign_id: int) -> Response:
    """Lead back to the page on which the campaign is run."""
    return redirect(url_for("board.campaign_desk", campaign_id=campaign_id))
