"""Joining: a steward types the host of another node, and sees who that is."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ....core.errors import WizzleError
from ....core.web import Form, permitted, this_node
from ...pages import blueprint
from ..actions import ties
from ..actions.looking import look
from ..rules.hosts import host_form
from ..schemas import HostForm


@blueprint.route("/admin/peers/join", methods=["GET", "POST"])
@permitted("federation.peers")
def join() -> Any:
    """Ask a host who it is; on its page the steward then asks it to be joined."""
    form = Form(HostForm(), initial={"host": request.args.get("host", "")[:300]})
    if form.submitted():
        try:
            return redirect(url_for("federation.peer", peer_id=_looked_at(form.data["host"])))
        except WizzleError as error:
            form.failed(error)
    return render_template("federation/join.html", form=form), form.status


def _looked_at(typed: str) -> int:
    node = this_node()
    face = look(node, host_form(typed) or "")  # no transaction is open meanwhile
    with node.db.write() as session:
        return ties.note(session, node, face).id
