"""Asking sellers for a part of what their products bring, and opening the campaign."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...campaigns.access import RUN, today
from ...campaigns.routes.making import run
from ...campaigns.routes.shown import own, tell, to_desk
from ...campaigns.rules import GOODS
from ...pages import blueprint
from .. import actions
from ..rules import Terms
from ..schemas import TieForm


@blueprint.route("/campaigns/<int:campaign_id>/ties/new", methods=["GET", "POST"])
@permitted(RUN)
def new_tie(campaign_id: int) -> Any:
    """Ask a seller for a part of what a product brings."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, campaign_id, GOODS)
    form = Form(TieForm(), {"from_on": today(), "until_on": row.ends_on or ""})
    if form.submitted():
        try:
            product_id = form.data.pop("product")
            with node.db.write() as session:
                actions.propose(
                    node, session, campaign_id, product_id, Terms(**form.data),
                    actor_id=this_member().id,
                )  # fmt: skip
            told("The seller is asked. Nothing counts before they agree.")
            return to_desk(campaign_id)
        except WizzleError as error:
            form.failed(error)
    return render_template("board/goods/form.html", campaign=row, form=form), form.status


@blueprint.post("/campaigns/<int:campaign_id>/ties/<int:tie_id>/withdraw")
@permitted(RUN)
def withdraw_tie(campaign_id: int, tie_id: int) -> Response:
    """Take a question back that was not answered."""
    node = this_node()
    with node.db.read() as session:
        own(session, campaign_id)
    try:
        with node.db.write() as session:
            actions.withdraw(node, session, campaign_id, tie_id, actor_id=this_member().id)
    except WizzleError as error:
        tell(error)
    return to_desk(campaign_id)


@blueprint.post("/campaigns/<int:campaign_id>/goods/open")
@permitted(RUN)
def open_goods(campaign_id: int) -> Response:
    """Open the campaign, once a seller has agreed."""
    done = Message("It is open. Your neighbours can take part now.", {})
    return run(campaign_id, actions.open_goods, done)
