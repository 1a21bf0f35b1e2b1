"""Being known elsewhere: the page on which somebody chooses it, and the one that others see."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.addresses import host_of
from .....core.errors import NotFound, WizzleError
from .....core.web import Form, permitted, say, this_member, this_node, told
from ...pages import blueprint
from .. import queries
from ..actions import choosing
from ..rules.names import handle_form
from ..schemas import PresenceForm
from .access import KNOWN, PAGE


@blueprint.route("/me/known-elsewhere", methods=["GET", "POST"])
@permitted(KNOWN)
def known_elsewhere() -> Any:
    """Choose a short name and words by which other nodes may know the viewer."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        row, held = queries.presence(session, viewer.id), queries.handle_of(session, viewer.id)
    initial = {
        "handle": held,
        "name": row.name if row else "",
        "words": row.words if row else "",
    }
    form = Form(PresenceForm(), initial=initial)
    if form.submitted() and _agreed(form):
        try:
            with node.db.write() as session:
                choosing.show(
                    node, session, viewer.id, handle=form.data["handle"], name=form.data["name"],
                    words=form.data["words"],
                )  # fmt: skip
            told("It is done. People elsewhere can find you by this name now.")
            return redirect(url_for("feed.known_elsewhere"))
        except WizzleError as error:
            form.failed(error)
    host = host_of(node.settings.node.address)
    page = render_template(
        "feed/wire/presence.html", form=form, row=row, held=held, host=host, text=choosing.KNOWN
    )
    return page, form.status


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


@blueprint.get("/people/@<handle>")
@permitted(PAGE)
def person_page(handle: str) -> Any:
    """Show what somebody has given free for everyone to read."""
    name = handle_form(handle)
    with this_node().db.read() as session:
        row = queries.by_handle(session, name) if name else None
    if row is None:
        raise NotFound("There is nobody of this name here.")
    host = host_of(this_node().settings.node.address)
    return render_template("feed/wire/person.html", row=row, host=host)
