"""Signing a petition, as a member or by the link of a letter."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.auth import accounts
from .....core.errors import Invalid, WizzleError
from .....core.members import email_form
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, this_tongue, this_viewer, told
from .....core.web.identity import this_device
from ...pages import blueprint
from .. import actions, queries
from ..access import BRING, SIGN
from ..rules import PETITION
from ..schemas import GuestSignForm, SignForm
from .shown import ended, of_kind, tell, to_page


@blueprint.route("/campaigns/<int:campaign_id>/sign", methods=["GET", "POST"])
@permitted(SIGN)
def sign(campaign_id: int) -> Any:
    """Sign a petition, with what happens to one's name said before."""
    viewer = this_viewer()
    with this_node().db.read() as session:
        row = of_kind(session, campaign_id, PETITION)
        mine = viewer and queries.signature_of(session, campaign_id, viewer.id)
    initial = {"shown": mine.shown, "handed_on": mine.handed_on} if mine else {}
    form = Form(SignForm() if viewer else GuestSignForm(), initial)
    if form.submitted():
        try:
            if viewer is None:
                _as_guest(campaign_id, form.data)
                return render_template(
                    "board/campaigns/letter_sent.html", campaign=row, email=form.data["email"]
                )
            with this_node().db.write() as session:
                actions.sign(this_node(), session, campaign_id, viewer, **form.data)
            told("You have signed. Thank you!")
            return to_page(campaign_id)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/campaigns/sign.html", campaign=row, form=form, viewer=viewer, mine=mine,
        over=ended(row),
    )  # fmt: skip
    return page, form.status


def _as_guest(campaign_id: int, typed: dict[str, Any]) -> None:
    if not typed["agree"]:
        raise Invalid(
            {"agree": [Message("Without this we may not keep your name. Please tick it.", {})]}
        )
    node, email = this_node(), email_form(typed["email"])
    accounts.may_send_letter(node, email, this_device())
    wish = actions.Wish(
        typed["name"], email, typed["shown"], typed["handed_on"], this_tongue().language
    )
    with node.db.write() as session:
        actions.sign_as_guest(node, session, campaign_id, wish, token=node.random.token())


@blueprint.post("/campaigns/<int:campaign_id>/sign/take-back")
@permitted(BRING)
def take_back_signature(campaign_id: int) -> Response:
    """Take one's signature back."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.take_back(node, session, campaign_id, this_member().id)
        told("Your signature is taken back.")
    except WizzleError as error:
        tell(error)
    return to_page(campaign_id)


@blueprint.route("/signatures/<token>", methods=["GET", "POST"])
@permitted(SIGN)
def signature(token: str) -> Any:
    """Show a guest's signature to who has its link; the button makes it count."""
    node = this_node()
    if request.method == "POST":
        try:
            with node.db.write() as session:
                actions.confirm(node, session, token)
            told("You have signed. Thank you!")
        except WizzleError as error:
            tell(error)
        return redirect(url_for("board.signature", token=token))
    with node.db.read() as session:
        found = queries.signature_by_token(session, token, node.clock.now())
        row = queries.campaign_page(session, found.campaign_id)
        return render_template(
            "board/campaigns/signature.html", signature=found, campaign=row, token=token
        )


@blueprint.post("/signatures/<token>/take-back")
@permitted(SIGN)
def take_back_by_link(token: str) -> Response:
    """Take a guest's signature back."""
    node = this_node()
    with node.db.write() as session:
        campaign_id = actions.take_back_by_link(node, session, token)
    told("Your signature is taken back.")
    return to_page(campaign_id)
