"""What a followed producer offers, and picking of it into a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.web import asked_place, can, paged, permitted, this_member, this_node, told
from ....assembly import changeable_rounds
from ...pages import blueprint
from .. import actions, queries
from .access import RUN, SOURCES, tell
from .sources import age

_LONGEST = 60
"""Letters of a search that are read."""


@blueprint.get("/trade/sources/<int:source_id>")
@permitted(SOURCES)
def source(source_id: int) -> str:
    """Show the copies of a producer's goods, to be ticked for a round."""
    node, size = this_node(), queries.SIZE
    words = request.args.get("q", "").strip()[:_LONGEST]
    with node.db.read() as session:
        found = _source(session, source_id)
        rows = queries.copies_of(
            session, source_id, words=words, after=_place(asked_place()), limit=size + 1
        )
        refused = queries.refused_of(session, source_id)
        rounds = _own_rounds(session)
    place = f"{rows[size - 1].name}~{rows[size - 1].id}" if len(rows) > size else None
    return render_template(
        "trade/copies/source.html",
        source=found,
        page=paged(rows, size, place),
        words=words,
        refused=refused,
        rounds=_named(rounds),
        age=age(found),
    )


def _source(session: Session, source_id: int) -> Any:
    found = queries.source_page(session, source_id)
    if found is None:
        raise NotFound("This producer is not followed.")
    return found


def _place(text: str | None) -> tuple[str, int] | None:
    name, _, number = (text or "").rpartition("~")
    return (name, int(number)) if number.isdecimal() and len(number) < 10 else None


def _own_rounds(session: Session) -> Sequence[Any]:
    """Return the rounds of the viewer's hubs whose offers may still change."""
    rounds = changeable_rounds(session, this_node().clock.now())
    return [each for each in rounds if can(RUN, each.hub_id)]


def _named(rounds: Sequence[Any]) -> list[tuple[int, str]]:
    """Return the rounds to choose from: whose they are is said if they are of several hubs."""
    several = len({each.hub_id for each in rounds}) > 1
    return [
        (each.id, f"{each.title} · {each.hub_name}" if several else each.title) for each in rounds
    ]


@blueprint.post("/trade/sources/<int:source_id>/pick")
@permitted(SOURCES)
def pick(source_id: int) -> Response:
    """Offer the ticked copies in one of the viewer's rounds."""
    node, back = this_node(), redirect(url_for("trade.source", source_id=source_id))
    cycle_id = _number(request.form.get("round", ""))
    with node.db.read() as session:
        chosen = next((each for each in _own_rounds(session) if each.id == cycle_id), None)
    if chosen is None:
        told("Please choose a round.", "problem")
        return back
    copies = {number for text in request.form.getlist("copy") if (number := _number(text))}
    try:
        with node.db.write() as session:
            picked = actions.pick(
                node, session, source_id, copies, cycle_id=chosen.id, person_id=this_member().id
            )
        told("%(number)s products are offered in %(title)s.", number=picked, title=chosen.title)
    except WizzleError as error:
        tell(error)
    return back


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
