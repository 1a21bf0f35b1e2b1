"""A new password for somebody who forgot theirs, by a link sent to their address."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ... import members
from ...auth import accounts, codes
from ...errors import WizzleError
from .. import letters
from ..forms import Form
from ..identity import this_device
from ..page import permitted, this_node, told
from ..schemas import Forgotten, NewPassword
from .base import blueprint


@blueprint.route("/forgotten", methods=["GET", "POST"])
@permitted("core.enter")
def forgotten() -> Any:
    """Send a link, and say the same whether the address has an account or not."""
    form = Form(Forgotten())
    if form.submitted():
        try:
            _send_link(form.data["email"])
            return render_template("core/link_sent.html", email=form.data["email"])
        except WizzleError as error:
            form.failed(error)
    return render_template("core/forgotten.html", form=form), form.status


def _send_link(email: str) -> None:
    node = this_node()
    accounts.may_send_letter(node, email, this_device())
    token = node.random.token()
    with node.db.write() as session:
        person = members.find_person(session, email)
        if person is not None and person.blocked_at is None:
            codes.issue(session, person, codes.NEW_PASSWORD, token=token, at=node.clock.now())
            letters.send_new_password(session, person, token)


@blueprint.route("/new-password/<token>", methods=["GET", "POST"])
@permitted("core.enter")
def new_password(token: str) -> Any:
    """Take a new password from whoever holds the link."""
    node = this_node()
    with node.db.read() as session:
        person = codes.owner(session, token, codes.NEW_PASSWORD, at=node.clock.now())
        name, email = person.name, person.email
    form = Form(NewPassword())
    if form.submitted():
        try:
            accounts.good_password(form.data["password"], name, email)
            _set(token, form.data["password"])
            told("Your new password is set. Please log in with it.")
            return redirect(url_for("core.log_in"))
        except WizzleError as error:
            form.failed(error)
    return render_template("core/new_password.html", form=form, email=email), form.status


def _set(token: str, password: str) -> None:
    node = this_node()
    password_hash = accounts.hashed(node, password)
    with node.db.write() as session:
        person = accounts.new_password(session, node, token, password_hash)
        letters.send_password_changed(session, person)
