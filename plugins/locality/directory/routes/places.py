"""Putting a space on the map: by a tap on a picture of it, or by typing coordinates.

The picture is the button of a form, which tells where it was pressed without any script. No device
is asked where it is: what is set is where the place is, said by those who run it.
"""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import Invalid, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..queries import Wanted
from ..rules.drawing import MOST_ZOOM, Position, Window, degrees, micro, whole
from ..schemas import PlaceForm
from .drawn import Look, asked_look, in_address, seen
from .listing import EDIT
from .own import own_space

PICTURE = 320
"""How wide the picture is on the page, in pixels: no style may change it, or taps miss."""

_BOTH = Message("Please give both numbers, or neither.", {})


@blueprint.route("/spaces/<slug>/place", methods=["GET", "POST"])
@permitted(EDIT)
def space_place(slug: str) -> Any:
    """Say where a space is."""
    node = this_node()
    with node.db.read() as session:
        space = own_space(session, slug)
        number, name = space.id, space.name
        place = queries.position(queries.space_listing(session, number))
        placed = queries.placed(session, Wanted())
        shapes = queries.ground(node, session).shapes
    window = whole(shapes, [(row.lat, row.lon) for row in placed])
    form = Form(PlaceForm(), _typed(place))
    look = _start(place, window)
    if form.submitted():
        look = _form_look()
        tapped = _tapped(window, look)
        if tapped is None:
            try:
                _keep(number, form)
                told("Saved.")
                return redirect(url_for("core.space", slug=slug))
            except WizzleError as error:
                form.failed(error)
        else:
            place = tapped
            form.values.update(_typed(place))
            look = Look(place, min(MOST_ZOOM, look.zoom + 2))
    picture = window and _picture(window, look, place)
    page = render_template(
        "locality/directory/place.html", form=form, slug=slug, name=name, picture=picture,
        look=in_address(look), place=place, tapped=request.method == "POST",
    )  # fmt: skip
    return page, form.status


def _typed(place: Position | None) -> dict[str, str]:
    return {"lat": degrees(place[0]), "lon": degrees(place[1])} if place else {}


def _start(place: Position | None, window: Window | None) -> Look:
    if place is None or window is None or not window.holds(*place):
        return Look()
    return Look(place, 2)


def _form_look() -> Look:
    """Return the look of the picture that was pressed; ``lat`` and ``lon`` are the place itself."""
    names = {"lat": "look_lat", "lon": "look_lon", "zoom": "zoom"}
    return asked_look({name: request.form.get(field, "") for name, field in names.items()})


def _tapped(window: Window | None, look: Look) -> Position | None:
    """Return where the picture was pressed; Enter in a field sends its corner, which is no tap."""
    across, down = request.form.get("tap.x", ""), request.form.get("tap.y", "")
    if window is None or not (across.isdecimal() and down.isdecimal()):
        return None
    x, y = int(across[:5]), int(down[:5])
    if (x, y) == (0, 0):
        return None
    part = seen(window, look)
    return part.point(min(x, PICTURE), y, width=PICTURE, height=_height(part))


def _height(window: Window) -> int:
    return round(PICTURE * window.height / 1_000)


def _picture(window: Window, look: Look, place: Position | None) -> dict[str, Any]:
    mark: dict[str, Any] = {"mark_lat": place[0], "mark_lon": place[1]} if place else {}
    url = url_for("locality.directory_map", **in_address(look), **mark)
    return {"url": url, "width": PICTURE, "height": _height(seen(window, look))}


def _keep(space_id: int, form: Form) -> None:
    lat, lon = form.data["lat"], form.data["lon"]
    if (lat is None) != (lon is None):
        raise Invalid({"lat" if lat is None else "lon": [_BOTH]})
    place = None if lat is None else (micro(lat), micro(lon))
    node = this_node()
    with node.db.write() as session:
        actions.set_place(node, session, space_id, place, actor_id=this_member().id)
