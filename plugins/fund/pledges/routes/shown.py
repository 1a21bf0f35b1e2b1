"""Which drive a page is about, and how a refusal is told there."""

from __future__ import annotations

from datetime import date

from flask import redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, Invalid, NotFound, WizzleError
from .....core.web import can, this_node, this_viewer, told
from ...access import AUDIT
from .. import queries
from ..actions import today as today_of
from ..queries import AnyRow


def today() -> date:
    """Return today in the node's time zone."""
    return today_of(this_node())


def visible(session: Session, drive_id: int) -> AnyRow:
    """Return a drive that the viewer may see; NotFound else. What stewards have hidden is for the
    page itself to say."""
    row = queries.drive_row(session, drive_id)
    public = row.opened_at is not None and row.space_closed_at is None
    if not public and not queries.runs(row, this_viewer()) and not can(AUDIT):
        raise NotFound("There is no such drive here.")
    return row


def own(session: Session, drive_id: int) -> AnyRow:
    """Return a drive that the viewer runs; 403 else."""
    row = visible(session, drive_id)
    if not queries.runs(row, this_viewer()):
        raise Forbidden("Only those who run this drive can do that.")
    return row


def tell(error: WizzleError) -> None:
    """Show on the next page why something was not done; what one may not do at all stays 403."""
    if isinstance(error, Forbidden | NotFound):
        raise error
    if isinstance(error, Invalid):
        for messages in error.fields.values():
            for message in messages:
                told(message.text, "problem", **message.values)
        return
    told(error.message.text, "problem", **error.message.values)


def to_drive(drive_id: int) -> Response:
    """Lead back to a drive's page."""
    return redirect(url_for("fund.drive", drive_id=drive_id))
