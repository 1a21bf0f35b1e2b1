"""Giving account of a donation campaign: money that went out, and the result."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from .....core import pictures
from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...campaigns.access import RUN, today
from ...campaigns.routes.shown import own, to_desk, to_page
from ...campaigns.rules import DONATION
from ...pages import blueprint
from .. import actions, queries
from ..actions.accounting import Use
from ..schemas import ResultForm, SpendingForm


@blueprint.route("/campaigns/<int:campaign_id>/spendings/new", methods=["GET", "POST"])
@permitted(RUN)
def new_spending(campaign_id: int) -> Any:
    """Note that money went out, with what proves it."""
    node = this_node()
    row, stands = _with_sums(campaign_id)
    form = Form(SpendingForm(), {"spent_on": today(), "idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            _spend(campaign_id, form.data)
            told("It stands in the books, and on the page of the campaign.")
            return to_desk(campaign_id)
        except WizzleError as error:
            form.failed(error)
    page = render_template("board/giving/spending.html", campaign=row, sums=stands, form=form)
    return page, form.status


def _with_sums(campaign_id: int) -> Any:
    with this_node().db.read() as session:
        row = own(session, campaign_id, DONATION)
        return row, queries.sums(session, campaign_id, row.space_id)


def _spend(campaign_id: int, typed: dict[str, Any]) -> None:
    node, sent = this_node(), request.files.get("picture")
    data = sent.stream.read(pictures.MOST_BYTES + 1) if sent else b""
    picture = pictures.prepare(data) if data else None
    key = typed.pop("idempotency_key") or node.random.token(12)
    with node.db.write() as session:
        actions.spend(
            node, session, campaign_id, Use(**typed), key=key, actor_id=this_member().id,
            picture=picture,
        )  # fmt: skip


@blueprint.route("/campaigns/<int:campaign_id>/result", methods=["GET", "POST"])
@permitted(RUN)
def new_result(campaign_id: int) -> Any:
    """Give account of a campaign that has ended."""
    node = this_node()
    row, stands = _with_sums(campaign_id)
    form = Form(ResultForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.publish_result(
                    node, session, campaign_id, form.data["text"], actor_id=this_member().id
                )
            told("The account stands on the page, and everyone who gave is told.")
            return to_page(campaign_id)
        except WizzleError as error:
            form.failed(error)
    page = render_template("board/giving/result.html", campaign=row, sums=stands, form=form)
    return page, form.status
