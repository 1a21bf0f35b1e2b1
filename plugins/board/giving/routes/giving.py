"""Giving, as a member or as a guest by the link of a letter."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.auth import accounts
from .....core.errors import Invalid, NotFound, WizzleError
from .....core.members import email_form
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, this_tongue, this_viewer, told
from .....core.web.identity import this_device
from ...campaigns import queries as campaigns
from ...campaigns.routes.shown import ended, of_kind, tell
from ...campaigns.rules import DONATION
from ...pages import blueprint
from .. import actions, queries
from ..access import GIVE, MINE
from ..models import Gift
from ..rules import receipt_number
from ..schemas import GiveForm, GuestGiveForm


@blueprint.route("/campaigns/<int:campaign_id>/give", methods=["GET", "POST"])
@permitted(GIVE)
def give(campaign_id: int) -> Any:
    """Promise an amount, and see where to send it."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        row = of_kind(session, campaign_id, DONATION)
        appeal = queries.appeal_of(session, campaign_id)
        if appeal is None:
            raise NotFound("There is no such campaign here.")
        session.expunge(appeal)
    initial = {"way": "quiet", "idempotency_key": node.random.token(12)}
    form = Form(GiveForm() if viewer else GuestGiveForm(), initial)
    if form.submitted():
        try:
            if viewer is None:
                _as_guest(campaign_id, form.data)
                return render_template(
                    "board/campaigns/letter_sent.html", campaign=row, email=form.data["email"]
                )
            gift_id = _as_member(campaign_id, form.data)
            return redirect(url_for("board.my_gift", gift_id=gift_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/giving/give.html", campaign=row, appeal=appeal, form=form, viewer=viewer,
        over=ended(row),
    )  # fmt: skip
    return page, form.status


def _as_member(campaign_id: int, typed: dict[str, Any]) -> int:
    node, viewer = this_node(), this_member()
    wish = actions.Wish(
        typed["amount"], typed["way"], typed["wants_receipt"],
        f"{viewer.id}:{typed['idempotency_key'] or node.random.token(12)}", viewer.name,
        person_id=viewer.id,
    )  # fmt: skip
    with node.db.write() as session:
        return actions.promise(node, session, campaign_id, wish).id


def _as_guest(campaign_id: int, typed: dict[str, Any]) -> None:
    _check_guest(typed)
    node, email = this_node(), email_form(typed["email"])
    accounts.may_send_letter(node, email, this_device())
    who = sha256(email.encode()).hexdigest()[:24]
    wish = actions.Wish(
        typed["amount"], typed["way"], typed["wants_receipt"],
        f"{who}:{typed['idempotency_key'] or node.random.token(12)}", typed["name"], email,
        language=this_tongue().language,
    )  # fmt: skip
    with node.db.write() as session:
        actions.promise(node, session, campaign_id, wish, token=node.random.token())


def _check_guest(typed: dict[str, Any]) -> None:
    wrong: dict[str, list[Message]] = {}
    if not typed["agree"]:
        wrong["agree"] = [
            Message("Without this we cannot write to you about your gift. Please tick it.", {})
        ]
    if typed["way"] != "nameless" and not typed["name"]:
        wrong["name"] = [Message("Please write your name, or give without one.", {})]
    if wrong:
        raise Invalid(wrong)


@blueprint.route("/gifts/<token>", methods=["GET", "POST"])
@permitted(GIVE)
def gift(token: str) -> Any:
    """Show a guest's gift to who has its link; the button makes the promise count."""
    node = this_node()
    if request.method == "POST":
        try:
            with node.db.write() as session:
                actions.confirm(node, session, token)
        except WizzleError as error:
            tell(error)
        return redirect(url_for("board.gift", token=token))
    with node.db.read() as session:
        found = queries.gift_by_token(session, token, node.clock.now())
        return render_template(
            "board/giving/gift.html", gift=found, token=token, receipt_number=receipt_number,
            campaign=campaigns.campaign_page(session, found.campaign_id),
            appeal=queries.appeal_of(session, found.campaign_id),
        )  # fmt: skip


@blueprint.get("/me/gifts/<int:gift_id>")
@permitted(MINE)
def my_gift(gift_id: int) -> Any:
    """Show one's own gift: where to send it, and whether it has arrived."""
    with this_node().db.read() as session:
        found = own_gift(session, gift_id)
        return render_template(
            "board/giving/gift.html", gift=found, token="", receipt_number=receipt_number,
            campaign=campaigns.campaign_page(session, found.campaign_id),
            appeal=queries.appeal_of(session, found.campaign_id),
        )  # fmt: skip


def own_gift(session: Any, gift_id: int) -> Any:
    """Return a gift of the viewer's; NotFound for anybody else's."""
    found = session.get(Gift, gift_id)
    if found is None or found.person_id != this_member().id:
        raise NotFound("There is no such gift.")
    return found


@blueprint.post("/me/gifts/<int:gift_id>/drop")
@permitted(MINE)
def drop_gift(gift_id: int) -> Response:
    """Take back what one has promised and not sent."""
    node = this_node()
    with node.db.read() as session:
        campaign_id = own_gift(session, gift_id).campaign_id
    try:
        with node.db.write() as session:
            actions.drop(node, session, campaign_id, gift_id, actor_id=this_member().id)
        told("Thank you for saying so.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.my_gift", gift_id=gift_id))
