"""Which programme or proposal a page is about, and who may see and do what with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ....core.errors import Forbidden, Invalid, NotFound, WizzleError
from ....core.values import Viewer
from ....core.web import can, this_node, this_viewer, told
from ..access import KEEP
from . import queries
from .models import Programme
from .queries import AnyRow
from .rules import DRAFT, SHOWN


def zone() -> ZoneInfo:
    """Return the node's time zone."""
    return ZoneInfo(this_node().settings.node.time_zone)


def today() -> date:
    """Return today in the node's time zone."""
    return this_node().clock.now().astimezone(zone()).date()


def after(day: date) -> datetime:
    """Return the first instant after a day of the node."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone()).astimezone(UTC)


def last_day(end: datetime) -> date:
    """Return the last day before an instant."""
    return (end - timedelta(seconds=1)).astimezone(zone()).date()


def phase(programme: Programme) -> str:
    """Return the phase in which a programme is now."""
    return queries.phase_of(programme, this_node().clock.now())


def seen_programme(session: Session, programme_id: int) -> Programme:
    """Return a programme that the viewer may see: drafts are for those who keep the fund."""
    found = queries.the_programme(session, programme_id)
    if found.phase == DRAFT and not can(KEEP):
        raise NotFound("There is no such programme.")
    return found


def is_author(row: AnyRow, viewer: Viewer | None) -> bool:
    """Say whether a proposal is the viewer's own."""
    return viewer is not None and row.author_id == viewer.id


def seen_proposal(session: Session, proposal_id: int) -> AnyRow:
    """Return a proposal that the viewer may see; what was not handed in only its author does."""
    row = queries.proposal_page(session, proposal_id)
    if row.state not in SHOWN and not is_author(row, this_viewer()):
        raise NotFound("There is no such proposal.")
    return row


def own_proposal(session: Session, proposal_id: int) -> AnyRow:
    """Return the viewer's own proposal; Forbidden for another's."""
    row = seen_proposal(session, proposal_id)
    if not is_author(row, this_viewer()):
        raise Forbidden("Only the author of a proposal can do this.")
    return row


def reader(programme_id: int) -> str:
    """Return by what the order of a list is chosen: members have one each, strangers one a day."""
    viewer = this_viewer()
    who = f"person:{viewer.id}" if viewer else f"day:{today()}"
    return f"{who}:{programme_id}"


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


def to_programme(programme_id: int) -> Response:
    """Lead to a programme."""
    return redirect(url_for("fund.programme", programme_id=programme_id))


def to_proposal(proposal_id: int, place: str | None = None) -> Response:
    """Lead to a proposal."""
    return redirect(url_for("fund.proposal", proposal_id=proposal_id, _anchor=place))
