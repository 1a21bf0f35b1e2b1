"""The page on which a seller agrees, declines, or ends an agreement."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import allow, permitted, this_member, this_node, told
from ...campaigns import queries as campaigns
from ...campaigns.access import today
from ...campaigns.queries import AnyRow
from ...campaigns.routes.shown import tell
from ...pages import blueprint
from .. import actions, queries
from ..access import AGREE


def _own_tie(session: Session, tie_id: int) -> AnyRow:
    row = queries.tie_page(session, tie_id)
    allow(AGREE, row.seller_id)
    return row


@blueprint.get("/ties/<int:tie_id>")
@permitted(AGREE)
def tie(tie_id: int) -> Any:
    """Show a seller what it is asked for, and for what."""
    with this_node().db.read() as session:
        row = _own_tie(session, tie_id)
        return render_template(
            "board/goods/tie.html", tie=row, today=today(),
            campaign=campaigns.campaign_page(session, row.campaign_id),
        )  # fmt: skip


@blueprint.post("/ties/<int:tie_id>/<any(agree, decline, end):how>")
@permitted(AGREE)
def answer_tie(tie_id: int, how: str) -> Response:
    """Agree, decline, or end what was agreed."""
    node, actor_id = this_node(), this_member().id
    with node.db.read() as session:
        _own_tie(session, tie_id)
    try:
        with node.db.write() as session:
            if how == "end":
                actions.end(node, session, tie_id, actor_id=actor_id)
            else:
                actions.decide(node, session, tie_id, agreed=how == "agree", actor_id=actor_id)
        if how == "agree":
            told("Thank you! It counts for every round that is settled from now on.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.tie", tie_id=tie_id))
