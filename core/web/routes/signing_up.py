"""Signing up, and showing that one reads the mail of one's address."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ...auth import accounts, codes
from ...auth.accounts import SignUp as Wish
from ...errors import Invalid, WizzleError
from ...models import Person
from ...rights.keepings import keepings
from .. import letters
from ..consents import TEXTS, VERSIONS
from ..forms import Form
from ..identity import this_device
from ..page import permitted, safe_next, this_member, this_node, this_tongue, this_viewer, told
from ..schemas import SignUp
from .base import blueprint
from .logging_in import entered


@blueprint.route("/join", methods=["GET", "POST"])
@permitted("core.enter")
def sign_up() -> Any:
    """Make an account and log its owner in."""
    onward = safe_next(request.values.get("next"))
    if this_viewer() is not None:
        return redirect(onward or url_for("core.home"))
    form = Form(SignUp())
    if form.submitted():
        try:
            response = entered(_sign_up(form.data), onward)
            told("Welcome! We have sent you a letter: please check your e-mail.")
            return response
        except WizzleError as error:
            form.failed(error)
    kept = [each for _, each in keepings(this_node()) if not each.by_consent]
    page = render_template("core/sign_up.html", form=form, next=onward, texts=TEXTS, others=kept)
    return page, form.status


def _sign_up(typed: dict[str, Any]) -> int:
    node = this_node()
    accounts.may_sign_up(node, this_device())
    accounts.good_password(typed["password"], typed["name"], typed["email"])
    wish = Wish(
        email=typed["email"],
        name=typed["name"],
        password=typed["password"],
        language=this_tongue().language,
        consents={subject: version for subject, version in VERSIONS.items() if typed[subject]},
    )
    password_hash = accounts.hashed(node, wish.password)
    try:
        return _written(wish, password_hash)
    except Invalid as taken:
        return _same_again(wish, taken)


def _written(wish: Wish, password_hash: str) -> int:
    node = this_node()
    token = node.random.token()
    with node.db.write() as session:
        person = accounts.sign_up(session, node, wish, password_hash)
        codes.issue(session, person, codes.CHECK_EMAIL, token=token, at=node.clock.now())
        letters.send_check(session, person, token)
        return person.id


def _same_again(wish: Wish, taken: Invalid) -> int:
    """Take a form that was sent twice for the same sign-up: whoever knows the password."""
    try:
        return accounts.prove(this_node(), wish.email, wish.password, this_device())
    except WizzleError:
        raise taken from None


@blueprint.route("/check-email/<token>", methods=["GET", "POST"])
@permitted("core.enter")
def check_email(token: str) -> Any:
    """Ask for a press of a button, since programs that look for viruses open links as well."""
    node = this_node()
    if request.method != "POST":  # HEAD comes here as well
        with node.db.read() as session:
            person = codes.owner(session, token, codes.CHECK_EMAIL, at=node.clock.now())
            return render_template("core/check_email.html", email=person.email)
    with node.db.write() as session:
        accounts.check_email(session, node, token)
    told("Thank you. Your e-mail address is checked.")
    return redirect(url_for("core.me" if this_viewer() else "core.log_in"))


@blueprint.post("/me/check-email")
@permitted("core.me")
def send_check_email() -> Any:
    """Send the letter once more."""
    node, viewer = this_node(), this_member()
    accounts.may_send_letter(node, viewer.email, this_device())
    token = node.random.token()
    with node.db.write() as session:
        person = session.get_one(Person, viewer.id)
        if person.email_checked_at is None:
            codes.issue(session, person, codes.CHECK_EMAIL, token=token, at=node.clock.now())
            letters.send_check(session, person, token)
    told("We have sent the letter once more. Please look into your mailbox.")
    return redirect(url_for("core.me"))
