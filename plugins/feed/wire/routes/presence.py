"""Being known elsewhere: the page on which somebody agrees to it, and takes it back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.addresses import host_of
from .....core.errors import WizzleError
from .....core.web import Form, permitted, say, this_member, this_node, told
from ...circles import profile_of
from ...pages import blueprint
from .. import queries
from ..actions import choosing
from ..schemas import PresenceForm
from .access import KNOWN


@blueprint.route("/me/known-elsewhere", methods=["GET", "POST"])
@permitted(KNOWN)
def known_elsewhere() -> Any:
    """Let other nodes know one's public page."""
    node, viewer, form = this_node(), this_member(), Form(PresenceForm())
    if form.submitted() and _agreed(form):
        try:
            with node.db.write() as session:
                choosing.show(node, session, viewer.id)
            told("It is done. People elsewhere can find you by this name now.")
            return redirect(url_for("feed.known_elsewhere"))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        page = profile_of(session, viewer.id)
        row = queries.presence(session, viewer.id)
        return render_template(
            "feed/wire/presence.html", form=form, row=row, page=page, text=choosing.KNOWN,
            host=host_of(node.settings.node.address),
        ), form.status  # fmt: skip


def _agreed(form: Form) -> bool:
    """Say whether the box is ticked; without it nothing leaves."""
    if not form.data["agree"]:
        form.errors["agree"] = [say("Please tick it, or leave everything as it is.")]
    return bool(form.data["agree"])


@blueprint.post("/me/known-elsewhere/end")
@permitted(KNOWN)
def known_elsewhere_end() -> Response:
    """Be known elsewhere no more."""
    node = this_node()
    with node.db.write() as session:
        choosing.hide(node, session, this_member().id)
    told("It is taken back. Other nodes are told to delete what they have of you.")
    return redirect(url_for("feed.known_elsewhere"))
