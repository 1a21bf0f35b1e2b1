"""The books of a donation campaign: who promised what, and whether it came."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.web import allow, asked_number, paged, permitted, this_member, this_node
from ...campaigns import queries as campaigns
from ...campaigns.routes.shown import tell
from ...pages import blueprint
from .. import actions, queries
from ..access import BOOKS
from ..rules import receipt_number

STEPS = {"arrived": actions.arrive, "back": actions.give_back, "dropped": actions.drop}


@blueprint.get("/campaigns/<int:campaign_id>/gifts")
@permitted(BOOKS)
def gifts(campaign_id: int) -> Any:
    """List the gifts of a campaign with the codes on their transfers."""
    with this_node().db.read() as session:
        row = campaigns.campaign_page(session, campaign_id)
        allow(BOOKS, row.space_id)
        if row.kind != "donation":
            raise NotFound("There is no such campaign here.")
        found = queries.gifts(session, campaign_id, before=asked_number())
        stands = queries.sums(session, campaign_id, row.space_id)
    last = found[: queries.SIZE][-1].id if found else None
    return render_template(
        "board/giving/gifts.html", campaign=row, page=paged(found, queries.SIZE, str(last)),
        sums=stands, receipt_number=receipt_number,
    )  # fmt: skip


@blueprint.post(
    "/campaigns/<int:campaign_id>/gifts/<int:gift_id>/<any(arrived, back, dropped):how>"
)
@permitted(BOOKS)
def book_gift(campaign_id: int, gift_id: int, how: str) -> Response:
    """Note that a gift has arrived, goes back, or will not come."""
    node = this_node()
    with node.db.read() as session:
        allow(BOOKS, campaigns.campaign_page(session, campaign_id).space_id)
    try:
        with node.db.write() as session:
            STEPS[how](node, session, campaign_id, gift_id, actor_id=this_member().id)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.gifts", campaign_id=campaign_id, _anchor=f"g{gift_id}"))
