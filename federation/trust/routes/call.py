"""The open call: a page on which a new neighbourhood asks to join the nodes here."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ....core.auth import attempts
from ....core.errors import NotFound, TooMany, WizzleError
from ....core.node import Node
from ....core.web import Form, permitted, this_node
from ...pages import blueprint
from ..actions import joining
from ..queries import peers
from ..rules.hosts import host_form
from ..schemas import CallForm

_LIMIT = attempts.Limit("federation.call", most=5, minutes=60)


@blueprint.route("/federation/call", methods=["GET", "POST"])
@permitted("federation.see")
def call() -> Any:
    """Take the host and a few words of a neighbourhood, and tell how far its request has come."""
    node = this_node()
    if not node.host.settings("federation")["open_call"]:
        raise NotFound("There is no open call here now.")
    form = Form(CallForm())
    if form.submitted():
        try:
            host = host_form(form.data["host"]) or ""
            _noted(node, host, form.data["text"].strip())
            return redirect(url_for("federation.call", host=host))
        except WizzleError as error:
            form.failed(error)
    shown = host_form(request.args.get("host", "")[:300])
    state = _state(node, shown) if shown else None
    return render_template("federation/call.html", form=form, host=shown, state=state), form.status


def _noted(node: Node, host: str, text: str) -> None:
    place = attempts.network(request.remote_addr)
    with node.db.write() as session:
        within = attempts.count(session, _LIMIT, place, at=node.clock.now())
    if not within:
        raise TooMany("That was tried too often. Please try again in an hour.")
    with node.db.write() as session:
        joining.note_call(node, session, host, text)


def _state(node: Node, host: str) -> str | None:
    with node.db.read() as session:
        return peers.state_of(session, host)
