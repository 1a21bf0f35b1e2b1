"""Promising to bring something that is collected."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import BRING
from ..schemas import PledgeForm
from .shown import ended, to_page, visible


@blueprint.route("/campaigns/<int:campaign_id>/needs/<int:need_id>", methods=["GET", "POST"])
@permitted(BRING)
def pledge(campaign_id: int, need_id: int) -> Any:
    """Promise to bring so many of a thing."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        row = visible(session, campaign_id)
        wanted = queries.needs(session, campaign_id, viewer.id)
    need = next((each for each in wanted if each.id == need_id), None)
    if need is None:
        raise NotFound("Nothing like this is collected here.")
    form = Form(PledgeForm(), {"quantity": need.mine or 1})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.pledge(
                    node, session, campaign_id, need_id, form.data["quantity"], person_id=viewer.id
                )
            told("Thank you! Those who collect know that you bring it.")
            return to_page(campaign_id)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/campaigns/pledge.html", campaign=row, need=need, form=form, over=ended(row)
    )
    return page, form.status


@blueprint.post("/campaigns/<int:campaign_id>/needs/<int:need_id>/take-back")
@permitted(BRING)
def unpledge(campaign_id: int, need_id: int) -> Response:
    """Take a promise back."""
    node = this_node()
    with node.db.write() as session:
        actions.unpledge(node, session, campaign_id, need_id, person_id=this_member().id)
    told("Thank you for saying so.")
    return to_page(campaign_id)
