"""The receipt of a gift whose drive came together (Donations Act article 7 (2))."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import render_template

from .....core.errors import NotFound
from .....core.web import permitted, this_member, this_node
from ...access import TAKE_PART
from ...pages import blueprint
from .. import queries
from ..rules import receipt_number
from .pledging import own_pledge


@blueprint.get("/fund/raise/pledges/<int:pledge_id>/receipt")
@permitted(TAKE_PART)
def pledge_receipt(pledge_id: int) -> str:
    """Show the receipt of one's own gift, to be printed."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        found = own_pledge(session, pledge_id)
        notice = queries.solicitation(session, found.drive_id)
        if found.receipt is None or found.moved_at is None or notice is None:
            raise NotFound("There is no receipt for this pledge.")
        year = found.moved_at.astimezone(ZoneInfo(node.settings.node.time_zone)).year
        return render_template(
            "fund/pledges/receipt.html", pledge=found, notice=notice, name=viewer.name,
            drive=queries.drive_row(session, found.drive_id),
            number=receipt_number(found.receipt, year),
        )  # fmt: skip
