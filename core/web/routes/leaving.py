"""Leaving for good: no harder than joining (Personal Information Protection Act, article 38)."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, session, url_for

from ...again import in_transaction
from ...auth import accounts
from ...errors import Invalid, WizzleError
from ...values import Message
from ..forms import Form
from ..identity import drop_sign_in, this_device
from ..page import permitted, this_member, this_node, told
from ..schemas import Leave
from .base import blueprint


@blueprint.route("/me/leave", methods=["GET", "POST"])
@permitted("core.me")
def leave() -> Any:
    """Close the account of whoever is logged in and knows its password."""
    form = Form(Leave())
    if form.submitted():
        try:
            return _left(form.data["password"])
        except WizzleError as error:
            form.failed(error)
    return render_template("core/leave.html", form=form), form.status


def _left(password: str) -> Any:
    node, viewer = this_node(), this_member()
    if not accounts.is_password_of(node, viewer.id, password, this_device()):
        raise Invalid({"password": [Message("This is not your present password.", {})]})
    in_transaction(node.db, lambda work: accounts.leave(work, node, viewer.id))
    session.clear()
    response = redirect(url_for("core.home"))
    drop_sign_in(response)
    told("Your account is closed. Thank you for having been here.")
    return response
