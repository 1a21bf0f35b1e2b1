"""Whom one does not want to see: muted, blocked, and back again."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import permitted, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import MEET, my_id
from .circles import tell

KINDS = ("mute", "block", "")


@blueprint.get("/me/apart")
@permitted(MEET)
def apart() -> Any:
    """List whom one mutes or blocks."""
    with this_node().db.read() as session:
        rows = queries.ties_of(session, my_id())
    return render_template("feed/circles/apart.html", rows=rows)


@blueprint.post("/me/apart")
@permitted(MEET)
def keep_apart() -> Response:
    """Mute or block somebody, or end it."""
    node = this_node()
    who, kind = request.form.get("person", ""), request.form.get("kind", "")
    number = int(who) if who.isascii() and who.isdecimal() and len(who) < 10 else 0
    try:
        with node.db.write() as session:
            actions.set_tie(node, session, my_id(), number, kind if kind in KINDS else "mute")
        _said(kind)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("feed.apart"))


def _said(kind: str) -> None:
    if kind == "block":
        told("You do not see each other any more. They are not told.")
    elif kind:
        told("You will not see them in your lists any more. They are not told.")
    else:
        told("You see each other again as before.")
