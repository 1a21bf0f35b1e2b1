"""The pages to which letters lead guests: confirming, and giving a place back."""

from __future__ import annotations

import re
from typing import Any

from flask import redirect, render_template, request

from .....core.errors import NotFound, WizzleError
from .....core.web import permitted, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import COME
from ..queries import AnyRow
from ..rules.secrets import CONFIRM, OWN, is_secret
from .times import tell

_SECRET = re.compile("[0-9a-f]{40}")
_GONE = "This link was used already or is too old. Please sign up anew."


@blueprint.route("/dates/guest/confirm/<int:sign_up_id>/<secret>", methods=["GET", "POST"])
@permitted(COME)
def confirm_guest(sign_up_id: int, secret: str) -> Any:
    """Ask whether they want to come; mail programs open links by themselves, so a button says
    it."""
    node = this_node()
    own, date = _guest(CONFIRM, sign_up_id, secret)
    if own.state != "asked":
        raise NotFound(_GONE)
    if request.method == "GET":
        return _page("locality/events/confirm.html", own, date)
    try:
        with node.db.write() as session:
            party = actions.confirm(node, session, sign_up_id, secret)
            url = actions.guest_url(node, party, OWN)
    except WizzleError as error:
        tell(error)
        return _page("locality/events/confirm.html", own, date)
    return redirect(url.removeprefix(node.settings.node.address.rstrip("/")))


@blueprint.route("/dates/guest/own/<int:sign_up_id>/<secret>", methods=["GET", "POST"])
@permitted(COME)
def own_guest(sign_up_id: int, secret: str) -> Any:
    """Show a guest how it stands, and let them give their place back."""
    node = this_node()
    own, date = _guest(OWN, sign_up_id, secret)
    if request.method == "POST":
        try:
            with node.db.write() as session:
                actions.give_back(node, session, sign_up_id, secret)
            told("You are no longer on the list. Thank you for saying so.")
            return redirect(f"/events/{date.event_id}")
        except WizzleError as error:
            tell(error)
            return redirect(request.path)
    return _page("locality/events/guest.html", own, date)


def _guest(purpose: str, sign_up_id: int, secret: str) -> tuple[AnyRow, AnyRow]:
    node = this_node()
    with node.db.read() as session:
        own = queries.guest_page(session, sign_up_id)
        known = _SECRET.fullmatch(secret) and is_secret(
            secret, node.settings.secret, purpose, own.id, own.asked_at
        )
        if not known:
            raise NotFound(_GONE)
        return own, queries.occurrence_page(session, own.occurrence_id)


def _page(template: str, own: AnyRow, date: AnyRow) -> Any:
    node = this_node()
    with node.db.read() as session:
        turn = queries.place_in_line(session, own) if own.state == "waiting" else 0
    answer = render_template(template, own=own, date=date, turn=turn, now=node.clock.now())
    # Whoever has the address may cancel: it is to stand in no log of another site.
    return answer, 200, {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
