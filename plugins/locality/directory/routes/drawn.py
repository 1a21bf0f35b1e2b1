"""The map as its template draws it: what is asked to be seen, and where everything stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from ..queries import AnyRow
from ..rules.boundary import Shape, bounds, middle
from ..rules.drawing import (
    MOST_ZOOM,
    WIDTH,
    Pin,
    Position,
    Sign,
    Window,
    of_point,
    outline,
    signs,
    whole,
)

LETTER = 34
"""How wide a letter of a name is on the map, in its units."""

_STEPS = {"north": (0.4, 0.0), "south": (-0.4, 0.0), "west": (0.0, -0.4), "east": (0.0, 0.4)}


@dataclass(frozen=True, slots=True)
class Look:
    """What part of the map is asked for: its middle, None for all of it, and how near."""

    centre: Position | None = None
    zoom: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a part of town on the map, with how many of its residents are listed."""

    x: float
    y: float
    name: str
    quarter: int | None = None
    residents: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map: ``outlines`` are paths, ``signs`` stand for ``rows``; ``moves`` are the looks to which
    one can go on from here, by name."""

    window: Window
    outlines: Sequence[str]
    labels: Sequence[Label]
    signs: Sequence[Sign]
    look: Look
    moves: Mapping[str, Look]


def asked_look(values: Mapping[str, str] | None = None) -> Look:
    """Return the look that the address asks for; nonsense means all of the map."""
    asked = request.args if values is None else values
    lat, lon = _whole(asked.get("lat", "")), _whole(asked.get("lon", ""))
    zoom = _whole(asked.get("zoom", "")) or 0
    if lat is None or lon is None or not 1 <= zoom <= MOST_ZOOM:
        return Look()
    return Look((lat, lon), zoom)


def _whole(text: str) -> int | None:
    figures = text.removeprefix("-")
    return int(text) if figures.isascii() and figures.isdecimal() and len(figures) < 10 else None


def seen(window: Window, look: Look) -> Window:
    """Return the part of a window that a look shows."""
    return window.near(*look.centre, look.zoom) if look.centre and look.zoom else window


def drawn(
    shapes: Sequence[Shape], rows: Sequence[AnyRow], look: Look,
    residents: Mapping[str, tuple[int, int]] | None = None,
) -> Drawn | None:  # fmt: skip
    """Return the map of these places; None if there is nothing to draw it by."""
    every = whole(shapes, [(row.lat, row.lon) for row in rows])
    if every is None:
        return None
    window = seen(every, look)
    pins = [Pin(place, row.lat, row.lon) for place, row in enumerate(rows)]
    return Drawn(
        window=window,
        outlines=[outline(window, shape) for shape in shapes],
        labels=_labels(window, shapes, residents or {}),
        signs=signs(window, pins),
        look=look,
        moves=_moves(window, look),
    )


def _labels(
    window: Window, shapes: Sequence[Shape], residents: Mapping[str, tuple[int, int]]
) -> list[Label]:
    found = []
    for shape in shapes:
        lon, lat = middle(shape)
        if _fits(window, shape) and window.holds(*of_point((lon, lat))):
            quarter, number = residents.get(shape.name, (None, 0))
            found.append(Label(*window.place(lon, lat), shape.name, quarter, number))
    return found


def _fits(window: Window, shape: Shape) -> bool:
    """Say whether a shape is wide enough for its name: small ones are named from nearer."""
    west, _, east, _ = bounds((shape,))
    wide = (east - west) / (window.east - window.west) * WIDTH
    return bool(shape.name) and wide >= len(shape.name) * LETTER


def _moves(window: Window, look: Look) -> dict[str, Look]:
    lat, lon = window.centre
    found: dict[str, Look] = {}
    if look.zoom < MOST_ZOOM:
        found["nearer"] = Look((lat, lon), look.zoom + 1)
    if look.zoom:
        found["further"] = Look((lat, lon), look.zoom - 1) if look.zoom > 1 else Look()
        high, wide = window.north - window.south, window.east - window.west
        for name, (up, right) in _STEPS.items():
            moved = (lat + round(up * high * 1e6), lon + round(right * wide * 1e6))
            found[name] = Look(moved, look.zoom)
    return found


def in_address(look: Look) -> dict[str, Any]:
    """Return a look as values of an address."""
    if look.centre is None:
        return {"lat": None, "lon": None, "zoom": None}
    return {"lat": look.centre[0], "lon": look.centre[1], "zoom": look.zoom}
