"""Tokens with which programs act for whoever is logged in: made, shown once, ended."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ...auth import tokens
from ...errors import Invalid, WizzleError
from ...values import Message
from ..api.scopes import scopes_of
from ..forms import Form
from ..page import permitted, say, this_member, this_node, told
from ..schemas import NewToken
from .base import blueprint


@blueprint.route("/me/tokens", methods=["GET", "POST"])
@permitted("core.me")
def my_tokens() -> Any:
    """List one's tokens and make another; a new one is shown this one time."""
    node, made = this_node(), ""
    form = Form(NewToken(), {"days": 90})
    if form.submitted():
        try:
            made = _made(form.data)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        found = tokens.of(session, this_member().id, at=node.clock.now())
    page = render_template(
        "core/tokens.html",
        tokens=found,
        scopes={scope.name: scope.label for scope in scopes_of(node)},
        form=form,
        made=made,
        lasts=[(days, say("%(days)s days", days=days)) for days in tokens.LASTS],
    )
    return page, form.status


def _made(typed: dict[str, Any]) -> str:
    node = this_node()
    known = {scope.name for scope in scopes_of(node)}
    if not typed["scopes"] or not known >= set(typed["scopes"]):
        raise Invalid({"scopes": [Message("Please tick what the program may do.", {})]})
    wish = tokens.Wish(typed["name"], typed["scopes"], typed["days"])
    with node.db.write() as session:
        return tokens.make(session, node, this_member().id, wish)


@blueprint.post("/me/tokens/<int:token_id>/end")
@permitted("core.me")
def end_token(token_id: int) -> Any:
    """End a token at once."""
    node, viewer = this_node(), this_member()
    with node.db.write() as session:
        name = tokens.end(session, node, token_id, person_id=viewer.id)
    told("The token %(name)s does not work any more.", name=name)
    return redirect(url_for("core.my_tokens"))
