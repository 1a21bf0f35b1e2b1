"""The legal notice of an appeal, and opening it."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from .....core.donations import Notice
from .....core.errors import WizzleError
from .....core.language import percent
from .....core.models import Space
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...campaigns.access import RUN, today
from ...campaigns.routes.making import run
from ...campaigns.routes.shown import own, to_desk
from ...campaigns.rules import DONATION
from ...pages import blueprint
from .. import actions, queries
from ..models import Appeal
from ..schemas import NoticeForm


@blueprint.route("/campaigns/<int:campaign_id>/appeal", methods=["GET", "POST"])
@permitted(RUN)
def appeal(campaign_id: int) -> Any:
    """Write the notice that the law asks for beside an appeal."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, campaign_id, DONATION)
        standing = queries.appeal_of(session, campaign_id)
        space = session.get_one(Space, row.space_id)
        form = Form(NoticeForm(), _said(standing) if standing else _first(space))
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.write_notice(
                    node, session, campaign_id, Notice(**form.data), actor_id=this_member().id
                )
            told("The notice is kept.")
            return to_desk(campaign_id)
        except WizzleError as error:
            form.failed(error)
    page = render_template("board/giving/notice.html", campaign=row, form=form)
    return page, form.status


def _said(standing: Appeal) -> dict[str, Any]:
    names = [name for name in NoticeForm().fields if name not in ("reward", "cost_bp")]
    said = {name: getattr(standing, name) for name in names}
    return {**said, "cost_bp": percent(standing.cost_bp).rstrip("%")}


def _first(space: Space) -> dict[str, Any]:
    return {
        "organiser": space.name, "representative": space.representative,
        "contact": space.phone or space.email, "cost_bp": "0", "collect_from": today(),
    }  # fmt: skip


@blueprint.post("/campaigns/<int:campaign_id>/appeal/open")
@permitted(RUN)
def open_appeal(campaign_id: int) -> Response:
    """Open a donation campaign, if the law allows it."""
    done = Message("It is open. Your neighbours can take part now.", {})
    return run(campaign_id, actions.open_appeal, done)
