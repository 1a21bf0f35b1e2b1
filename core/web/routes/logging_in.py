"""Logging in and out."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from ...auth import accounts, sign_ins
from ...errors import WizzleError
from ..forms import Form
from ..identity import drop_sign_in, keep_sign_in, this_device
from ..page import permitted, safe_next, this_node, this_viewer, told
from ..schemas import LogIn
from .base import blueprint


@blueprint.route("/log-in", methods=["GET", "POST"])
@permitted("core.enter")
def log_in() -> Any:
    """Log somebody in and go on to where they wanted to go."""
    onward = safe_next(request.values.get("next"))
    if this_viewer() is not None:
        return redirect(onward or url_for("core.home"))
    form = Form(LogIn())
    if form.submitted():
        try:
            node, device = this_node(), this_device()
            person_id = accounts.prove(node, form.data["email"], form.data["password"], device)
            return entered(person_id, onward)
        except WizzleError as error:
            form.failed(error)
    return render_template("core/log_in.html", form=form, next=onward), form.status


def entered(person_id: int, onward: str | None = None) -> Response:
    """Sign this device in and go on, to the first page if nowhere else."""
    node = this_node()
    with node.db.write() as work:
        token = accounts.log_in(work, node, person_id, this_device())
    return signed_in(token, onward or url_for("core.home"))


def signed_in(token: str, onward: str) -> Response:
    """Put the token of a sign-in on the device and go on."""
    # Whatever an attacker may have put on this device before counts no more (session fixation).
    session.clear()
    response = redirect(onward)
    keep_sign_in(response, token)
    return response


@blueprint.post("/log-out")
@permitted("core.enter")
def log_out() -> Any:
    """Sign this device out."""
    viewer = this_viewer()
    session.clear()
    response = redirect(url_for("core.home"))
    if viewer is not None and viewer.session_id is not None:
        with this_node().db.write() as work:
            sign_ins.end(work, viewer.id, viewer.session_id)
    drop_sign_in(response)
    told("You are logged out. See you soon!")
    return response
