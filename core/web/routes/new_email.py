"""Another e-mail address: asked for with the password, and taken once its reader says so."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from marshmallow import Schema

from ... import members
from ...auth import accounts, codes
from ...errors import Invalid, WizzleError
from ...models import Person
from ...values import Message
from .. import letters
from ..forms import Form
from ..identity import this_device
from ..page import permitted, this_member, this_node, this_viewer, told
from ..schemas import ChangeEmail
from .base import blueprint


@blueprint.route("/me/email", methods=["GET", "POST"])
@permitted("core.me")
def change_email() -> Any:
    """Send a link to the new address; the same is said if it has an account already."""
    form = Form(ChangeEmail(), {"email": ""})
    if form.submitted():
        try:
            _send_link(form.data["email"], form.data["password"])
            return render_template("core/email_sent.html", email=form.data["email"])
        except WizzleError as error:
            form.failed(error)
    return render_template("core/change_email.html", form=form), form.status


def _send_link(email: str, password: str) -> None:
    node, viewer = this_node(), this_member()
    if not accounts.is_password_of(node, viewer.id, password, this_device()):
        raise Invalid({"password": [Message("This is not your present password.", {})]})
    wanted = members.email_form(email)
    if wanted == viewer.email:
        raise Invalid({"email": [Message("Your account has this address already.", {})]})
    accounts.may_send_letter(node, wanted, this_device())
    token = node.random.token()
    with node.db.write() as session:
        person = session.get_one(Person, viewer.id)
        at = node.clock.now()
        codes.issue(session, person, codes.NEW_EMAIL, token=token, at=at, email=wanted)
        if members.find_person(session, wanted) is None:
            letters.send_new_email(session, person, token, to=wanted)


@blueprint.route("/new-email/<token>", methods=["GET", "POST"])
@permitted("core.enter")
def new_email(token: str) -> Any:
    """Ask the reader of the new address for a press of a button, and take it."""
    node = this_node()
    form = Form(Schema())
    if form.submitted():
        try:
            with node.db.write() as session:
                person, former = accounts.change_email(session, node, token)
                letters.send_email_changed(session, person, token, former=former)
            told("From now on you log in with your new e-mail address, and our letters go there.")
            return redirect(url_for("core.me" if this_viewer() else "core.log_in"))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        _, email = codes.wish(session, token, at=node.clock.now())
    return render_template("core/new_email.html", form=form, email=email), form.status
