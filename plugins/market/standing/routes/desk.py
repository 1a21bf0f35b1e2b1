"""The list for those who hand out: what of the standing orders of a round could not be made."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound
from .....core.web import allow, asked_number, can, paged, permitted, this_node, told
from ...orders.queries import terms_of
from ...orders.rules import why_closed
from ...pages import blueprint
from .. import actions, queries
from ..rules import Opening
from .words import why

DESK = "market.standing.desk"
SIZE = 30


@blueprint.get("/standing/at/<occasion>")
@permitted(DESK)
def standing_at(occasion: str) -> Any:
    """List what could not be made at one occasion, and why."""
    after = asked_number()
    with this_node().db.look() as session:
        opening, hosts = _served(session, occasion)
        terms = terms_of(this_node(), session, occasion)
        numbers = queries.numbers_at(session, occasion, hosts)
        rows = queries.runs_at(session, occasion, hosts=hosts, after=after, limit=SIZE + 1)
    place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
    return render_template(
        "market/standing/desk.html",
        opening=opening,
        numbers=numbers,
        page=paged(rows, SIZE, place),
        closed=why_closed(terms, this_node().clock.now()),
        url=terms.url if terms else "",
        why=why,
    )


@blueprint.post("/standing/at/<occasion>/again")
@permitted(DESK)
def try_standing_again(occasion: str) -> Any:
    """Try again what could not be made."""
    node = this_node()
    with node.db.look() as session:
        opening, hosts = _served(session, occasion)
        closed = why_closed(terms_of(node, session, occasion), node.clock.now())
    if closed is not None:  # the reasons that stand in the list say more than this one
        told(closed.text, "problem", **closed.values)
        return _back(occasion)
    with node.db.read() as session:
        before = queries.numbers_at(session, occasion, hosts)["failed"]
    key = f"{actions.JOB}:{occasion}:again:{node.clock.now().isoformat()}"
    actions.make_some(node, {**opening.payload, "after": 0, "key": key, "again": True})
    with node.db.read() as session:
        left = queries.numbers_at(session, occasion, hosts)["failed"]
    if left < before:
        told("Made now: %(made)s. Still missing: %(left)s.", made=before - left, left=left)
    elif left:
        told("It still cannot be made. The list says why.", "note")
    else:
        told("All that is due is made.")
    return _back(occasion)


def _back(occasion: str) -> Response:
    after = request.args.get("after") or None
    return redirect(url_for("market.standing_at", occasion=occasion, after=after))


def _served(session: Session, occasion: str) -> tuple[Opening, frozenset[int] | None]:
    """Return the occasion, and at which hosts the viewer serves it (None: all of it).

    Whoever runs the occasion's own place sees all of it, another host their own part.
    """
    opening = queries.opening_of(this_node(), session, occasion)
    if opening is None:
        raise NotFound("There is no such round.")
    if can(DESK, opening.host_ids[0]):
        return opening, None
    hosts = frozenset(host for host in opening.host_ids if can(DESK, host))
    if not hosts:
        allow(DESK, opening.host_ids[0])
    return opening, hosts
