"""Requests about one's data: a form for members, and one for whoever has no account."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ...auth import accounts
from ...errors import WizzleError
from ...members import email_form
from ...rights import asking, requests
from ...rights.asking import Wish
from ..forms import Form
from ..identity import this_device
from ..page import permitted, this_member, this_node, this_tongue, this_viewer, told
from ..schemas import AskAboutData, AskAsStranger
from ..words import REQUEST_KINDS
from .base import blueprint


@blueprint.route("/me/requests", methods=["GET", "POST"])
@permitted("core.me")
def my_requests() -> Any:
    """Show what the person can do at once by themselves, what they asked for, and the form."""
    node, viewer = this_node(), this_member()
    form = Form(AskAboutData(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            return _asked(form.data)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        mine = requests.of_person(session, viewer.id)
        page = render_template("core/my_requests.html", form=form, mine=mine, kinds=REQUEST_KINDS)
    return page, form.status


def _asked(typed: dict[str, Any]) -> Response:
    node, viewer = this_node(), this_member()
    accounts.may_send_letter(node, viewer.email, this_device())
    wish = Wish(
        kind=typed["kind"], name=viewer.name, email=viewer.email, language=viewer.language,
        text=typed["text"], key=f"{viewer.id}:{typed['idempotency_key']}",
    )  # fmt: skip
    with node.db.write() as session:
        asking.ask(session, node, wish, person_id=viewer.id)
    told("We have your request, and answer within 10 days.")
    return redirect(url_for("core.my_requests"))


@blueprint.route("/rights", methods=["GET", "POST"])
@permitted("core.enter")
def ask_as_stranger() -> Any:
    """Take the request of somebody without an account; a letter asks whether it was them."""
    if this_viewer() is not None:
        return redirect(url_for("core.my_requests"))
    node = this_node()
    form = Form(AskAsStranger(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            _ask_as_stranger(form.data)
            return render_template("core/request_sent.html", email=form.data["email"])
        except WizzleError as error:
            form.failed(error)
    page = render_template("core/ask_as_stranger.html", form=form, kinds=REQUEST_KINDS)
    return page, form.status


def _ask_as_stranger(typed: dict[str, Any]) -> None:
    node, email = this_node(), email_form(typed["email"])
    accounts.may_send_letter(node, email, this_device())
    who = hashlib.sha256(email.encode()).hexdigest()[:24]
    wish = Wish(
        kind=typed["kind"], name=typed["name"], email=email, language=this_tongue().language,
        text=typed["text"], key=f"{who}:{typed['idempotency_key']}",
    )  # fmt: skip
    with node.db.write() as session:
        asking.ask_unproven(session, node, wish, token=node.random.token())


@blueprint.route("/rights/<token>", methods=["GET", "POST"])
@permitted("core.enter")
def request_page(token: str) -> Any:
    """Show how a request stands to who has its link; the button proves that it was them."""
    node = this_node()
    if request.method == "POST":
        with node.db.write() as session:
            asking.prove(session, node, token)
        told("We have your request, and answer within 10 days.")
        return redirect(url_for("core.request_page", token=token))
    with node.db.read() as session:
        found = requests.by_token(session, token)
        return render_template("core/request.html", found=found, kinds=REQUEST_KINDS)
