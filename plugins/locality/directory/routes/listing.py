"""The directory: who is here, in a list and on a map; residents only for members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import make_response, render_template, request

from .....core.answers import Rule
from .....core.web import asked_place, hidden_notice, paged, permitted, this_node, this_viewer
from .....core.web.numbers import read_number
from ...neighbours import queries as neighbours
from ...pages import blueprint
from .. import queries
from ..models import Listing
from ..queries import SIZE, AnyRow, Place, Wanted
from ..rules.drawing import MOST_ZOOM
from ..rules.needs import KINDS, LAYERS, NEEDS, WAYS
from .drawn import Look, asked_look, drawn, in_address

SEE = "locality.directory.see"
MEMBERS = "locality.directory.members"
EDIT = "locality.directory.edit"
AREA = "locality.area.set"
RULES = (
    Rule(SEE, everyone=True),
    Rule(MEMBERS, members=True),
    Rule(EDIT, roles=frozenset({"owner", "activist"})),
    Rule(AREA, roles=frozenset({"steward"})),
)
BESIDE = 40
"""Places in the list beside the map."""


@blueprint.get("/directory")
@permitted(SEE, alike=True)
def directory() -> Any:
    """Show who is here: entries by name, and the map of those that have a place on it."""
    node, viewer = this_node(), this_viewer()
    wanted, look = _wanted(members=viewer is not None), asked_look()
    now = node.clock.now()
    with node.db.read() as session:
        rows = queries.entries(session, wanted, now, after=_place(asked_place()))
        needs = queries.needs_of(session, [row.listing_id for row in rows if row.listing_id])
        streets = queries.streets(session, members=wanted.members)
        placed = queries.placed(session, wanted)
        found = queries.ground(node, session)
        residents = queries.residents_by_quarter(session) if wanted.members else {}
        quarters = neighbours.quarters(session) if wanted.members else []
    shown = drawn(found.shapes, placed, look, residents)
    return render_template(
        "locality/directory/directory.html",
        wanted=wanted, page=paged(rows, SIZE, _last_place(rows)), needs=needs,
        streets=streets, quarters=quarters, map=shown, placed=placed,
        beside=_beside(shown, placed), area=found, filters=_filters(wanted),
        kinds=KINDS if wanted.members else KINDS[1:], all_needs=NEEDS, layers=LAYERS,
        address=_address(wanted), look_address=in_address, most_zoom=MOST_ZOOM,
        near=lambda sign: Look((sign.lat, sign.lon), min(MOST_ZOOM, look.zoom + 2)),
    )  # fmt: skip


def _wanted(*, members: bool) -> Wanted:
    asked = request.args
    kinds = KINDS if members else KINDS[1:]

    def one_of(name: str, known: Any) -> str:
        value = asked.get(name, "")
        return value if value in known else ""

    quarter = read_number(asked.get("quarter", "")) if members else None
    return Wanted(
        kind=one_of("kind", kinds), need=one_of("need", NEEDS), way=one_of("way", WAYS),
        street=asked.get("street", "")[:40].strip(), layer=one_of("layer", LAYERS),
        quarter=quarter, members=members,
    )  # fmt: skip


def _address(wanted: Wanted) -> dict[str, Any]:
    """Return what is asked for as values of an address, without what is not."""
    return {**_filters(wanted), "kind": wanted.kind or None}


def _filters(wanted: Wanted) -> dict[str, Any]:
    return {
        "need": wanted.need or None, "way": wanted.way or None, "street": wanted.street or None,
        "layer": wanted.layer or None, "quarter": wanted.quarter,
    }  # fmt: skip


def _place(text: str | None) -> Place | None:
    """Return the place in the list at which to go on: "1-12 name"."""
    key, _, name = (text or "").partition(" ")
    side, _, number = key.partition("-")
    found = read_number(number)
    return None if found is None or side not in ("0", "1") else (name, int(side), found)


def _last_place(rows: Sequence[AnyRow]) -> str | None:
    """Return the place of the last row that is shown, as ``_place`` reads it."""
    if not rows:
        return None
    row = rows[:SIZE][-1]
    return f"{row.is_person}-{row.id} {row.name}"


def _beside(shown: Any, placed: Sequence[AnyRow]) -> list[AnyRow]:
    """Return the places that the map shows now, for the list beside it."""
    if shown is None:
        return []
    return [row for row in placed if shown.window.holds(row.lat, row.lon)][:BESIDE]


@blueprint.get("/directory/people/<int:listing_id>")
@permitted(MEMBERS)
def resident(listing_id: int) -> Any:
    """Show what a resident wants neighbours to know."""
    node = this_node()
    with node.db.read() as session:
        kept = session.get(Listing, listing_id)
        if kept is not None and kept.hidden_at is not None and kept.person_id != _me():
            return hidden_notice(session, f"listing:{listing_id}")
        row = queries.resident(session, listing_id, node.clock.now())
        needs = queries.needs_of(session, [listing_id]).get(listing_id, {})
    return render_template(
        "locality/directory/resident.html", row=row, needs=needs, own=row.person_id == _me()
    )


def _me() -> int | None:
    viewer = this_viewer()
    return viewer.id if viewer else None


@blueprint.get("/directory/map.svg")
@permitted(SEE, alike=True)
def directory_map() -> Any:
    """Draw the bare map as a picture, for forms on which one taps; ``mark`` is the place so far."""
    node, look = this_node(), asked_look()
    with node.db.read() as session:
        found = queries.ground(node, session)
        placed = queries.placed(session, Wanted())
    shown = drawn(found.shapes, placed, look)
    mark = asked_look({"lat": request.args.get("mark_lat", ""),
                       "lon": request.args.get("mark_lon", ""), "zoom": "1"}).centre  # fmt: skip
    text = render_template("locality/directory/map.svg", map=shown, mark=mark)
    answer = make_response(text)
    answer.mimetype = "image/svg+xml"
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    return answer
