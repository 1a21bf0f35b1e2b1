"""Coming in without a password, by a link or a code that a steward has made."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ...auth import entry
from ...errors import WizzleError
from ...rights import consent
from .. import queries
from ..consents import VERSIONS, texts, wanted
from ..forms import Form
from ..identity import this_device
from ..page import permitted, this_node
from ..schemas import ComingIn, EntryCode
from .base import blueprint
from .logging_in import signed_in


@blueprint.route("/code", methods=["GET", "POST"])
@permitted("core.enter")
def enter_code() -> Any:
    """Take a code that somebody was told, and go on to the button with their name."""
    form = Form(EntryCode())
    if form.submitted():
        try:
            entry.may_try(this_node(), this_device())
            with this_node().db.write() as session:
                token = entry.exchange(session, this_node(), form.data["code"])
            return redirect(url_for("core.come_in", token=token))
        except WizzleError as error:
            form.failed(error)
    return render_template("core/enter_code.html", form=form), form.status


@blueprint.route("/enter/<token>", methods=["GET", "POST"])
@permitted("core.enter")
def come_in(token: str) -> Any:
    """Ask for a press of one button, since programs that look at letters open links as well."""
    node = this_node()
    with node.db.read() as session:
        person = entry.owner(session, token, at=node.clock.now())
        name, missing = person.name, _not_agreed(session, person.id)
    form = Form(ComingIn(only=missing))
    if form.submitted():
        try:
            return _in(token, {subject: VERSIONS[subject] for subject in missing})
        except WizzleError as error:
            form.failed(error)
    page = render_template("core/come_in.html", form=form, name=name, texts=texts(*missing))
    return page, form.status


def _not_agreed(session: Session, person_id: int) -> tuple[str, ...]:
    """Return what the law asks this person to agree to before anything of theirs is kept."""
    return consent.lacking(session, person_id, wanted())


def _in(token: str, consents: dict[str, str]) -> Response:
    node = this_node()
    with node.db.write() as session:
        person_id = entry.owner(session, token, at=node.clock.now()).id
        spaces = queries.my_spaces(session, person_id)
        sign_in = entry.come_in(session, node, token, this_device(), consents)
    one = spaces[0].slug if len(spaces) == 1 else None
    return signed_in(sign_in, url_for("core.today", slug=one) if one else url_for("core.me"))
