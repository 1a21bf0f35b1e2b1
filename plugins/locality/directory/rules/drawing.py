"""The map as numbers: what part of the world is shown, where things stand on it, and what falls
together into one sign."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from .boundary import Point, Shape, bounds

WIDTH = 1_000
"""How wide the map is in its own units."""

MOST_ZOOM = 5
NEAR = 92
"""Signs nearer than this share one: some 30 pixels on a phone, so that a finger hits one."""

_MICRO = 1_000_000
Position = tuple[int, int]
"""Latitude and longitude in millionths of a degree."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world on a map of ``WIDTH`` by ``height``: north is up."""

    west: float
    south: float
    east: float
    north: float

    @property
    def height(self) -> int:
        squeeze = math.cos(math.radians((self.south + self.north) / 2))
        wide = (self.east - self.west) * squeeze
        return max(1, round(WIDTH * (self.north - self.south) / wide))

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point stands, in units from the left and from the top."""
        x = (lon - self.west) / (self.east - self.west) * WIDTH
        y = (self.north - lat) / (self.north - self.south) * self.height
        return (round(x, 1), round(y, 1))

    def point(self, x: float, y: float, *, width: float, height: float) -> Position:
        """Return which position a place on a picture of this size is."""
        lon = self.west + (self.east - self.west) * x / width
        lat = self.north - (self.north - self.south) * y / height
        return (round(lat * _MICRO), round(lon * _MICRO))

    def holds(self, lat: int, lon: int) -> bool:
        """Say whether a position lies in it."""
        return self.south <= lat / _MICRO <= self.north and self.west <= lon / _MICRO <= self.east

    def near(self, lat: int, lon: int, zoom: int) -> Window:
        """Return the part around a position that is ``2 ** zoom`` times as large."""
        wide, high = self.east - self.west, self.north - self.south
        part = 2 ** min(max(zoom, 0), MOST_ZOOM)
        west = _inside(lon / _MICRO - wide / part / 2, self.west, self.east - wide / part)
        south = _inside(lat / _MICRO - high / part / 2, self.south, self.north - high / part)
        return Window(west, south, west + wide / part, south + high / part)

    @property
    def centre(self) -> Position:
        return (
            round((self.south + self.north) / 2 * _MICRO),
            round((self.west + self.east) / 2 * _MICRO),
        )


def _inside(wanted: float, least: float, most: float) -> float:
    return min(max(wanted, least), most)


def whole(shapes: Sequence[Shape], positions: Sequence[Position]) -> Window | None:
    """Return the window of an area, or of where places stand if there is none; None for neither.

    A farm two hundred kilometres away does not make the map of a neighbourhood a dot: without an
    area, what is further than a tenth of a degree from the middle of all places stays outside.
    """
    if shapes:
        west, south, east, north = bounds(shapes)
    elif positions:
        lat = median_low([each[0] for each in positions])
        lon = median_low([each[1] for each in positions])
        close = [
            (each[0] / _MICRO, each[1] / _MICRO) for each in positions
            if max(abs(each[0] - lat), abs(each[1] - lon)) <= _MICRO // 10
        ]  # fmt: skip
        south, north = min(each[0] for each in close), max(each[0] for each in close)
        west, east = min(each[1] for each in close), max(each[1] for each in close)
    else:
        return None
    return _framed(west, south, east, north)


def _framed(west: float, south: float, east: float, north: float) -> Window:
    """Return a window with some air around it, no longer than wide and not flat."""
    lat, lon = (south + north) / 2, (west + east) / 2
    squeeze = math.cos(math.radians(lat))
    high = max(north - south, 0.004) * 1.12
    wide = max(east - west, 0.004) * 1.12
    wide = max(wide, high / squeeze / 1.15)
    high = max(high, wide * squeeze * 0.7)
    return Window(lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2)


@dataclass(frozen=True, slots=True)
class Pin:
    """A thing on the map: the index that the caller knows it by, and its position."""

    index: int
    lat: int
    lon: int


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for one thing or several that stand near each other."""

    x: float
    y: float
    indexes: tuple[int, ...]
    lat: int
    lon: int


def signs(window: Window, pins: Sequence[Pin]) -> list[Sign]:
    """Return the signs of these things, those outside left out; the same for the same things."""
    heaps: list[tuple[float, float, list[Pin]]] = []
    for pin in pins:
        if not window.holds(pin.lat, pin.lon):
            continue
        x, y = window.place(pin.lon / _MICRO, pin.lat / _MICRO)
        for heap in heaps:
            if math.hypot(heap[0] - x, heap[1] - y) < NEAR:
                heap[2].append(pin)
                break
        else:
            heaps.append((x, y, [pin]))
    return [
        Sign(x, y, tuple(pin.index for pin in inside), _mean([pin.lat for pin in inside]),
             _mean([pin.lon for pin in inside]))
        for x, y, inside in heaps
    ]  # fmt: skip


def _mean(values: Sequence[int]) -> int:
    return round(sum(values) / len(values))


def outline(window: Window, shape: Shape) -> str:
    """Return the outline of a shape as the ``d`` of an SVG path."""
    parts = []
    for ring in shape.rings:
        points = [window.place(*point) for point in ring[:-1]]
        parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(parts)


def degrees(micro: int) -> str:
    """Return a position as people write it, with five places after the point: about a metre."""
    return f"{micro / _MICRO:.5f}"


def micro(text: float) -> int:
    """Return degrees in millionths."""
    return round(text * _MICRO)


def of_point(point: Point) -> Position:
    """Return a point as a position."""
    return (micro(point[1]), micro(point[0]))
