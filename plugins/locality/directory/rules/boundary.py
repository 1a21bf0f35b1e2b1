"""The boundary of an area: read from GeoJSON (RFC 7946) with suspicion, and made simple."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .....core.errors import Refused

MOST_BYTES = 2 * 1024 * 1024
MOST_SHAPES = 60
MOST_POINTS = 60_000
KEPT_POINTS = 1_500
"""Points that are kept of all shapes together: what a phone can tell apart."""

WIDEST = 2.0
"""Degrees that an area may span; a neighbourhood spans some hundredths."""

Point = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84)."""
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of the area with its name ("" if it has none): one outer ring and perhaps holes, or
    several such, all drawn by the rule of even and odd."""

    name: str
    rings: tuple[Ring, ...]


def read(text: bytes | str) -> tuple[Shape, ...]:
    """Return the shapes of a GeoJSON file; ``Refused`` says what is wrong with it."""
    if len(text) > MOST_BYTES:
        raise Refused("This file is too large. It may have up to %(most)s MB.", most=2)
    try:
        found = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refused("This file cannot be read as GeoJSON.") from error
    shapes = tuple(_shapes(found))
    if not shapes:
        raise Refused("There is no area in this file: it needs a Polygon or a MultiPolygon.")
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    if len(points) > MOST_POINTS:
        raise Refused("This boundary has too many points. Please make it simpler first.")
    west, south, east, north = bounds(shapes)
    if east - west > WIDEST or north - south > WIDEST:
        raise Refused("This area is far larger than a neighbourhood.")
    return simple(shapes)


def _no_number(_name: str) -> Any:
    raise ValueError("no number")


def _shapes(found: Any) -> Iterator[Shape]:
    features = _features(found)
    if len(features) > MOST_SHAPES:
        raise Refused("No more than %(most)s shapes, please.", most=MOST_SHAPES)
    for feature in features:
        geometry = feature.get("geometry") if "geometry" in feature else feature
        rings = _rings(geometry)
        if rings:
            yield Shape(_name(feature.get("properties")), rings)


def _features(found: Any) -> list[dict[str, Any]]:
    if not isinstance(found, dict):
        return []
    if found.get("type") == "FeatureCollection":
        features = found.get("features")
        if not isinstance(features, list):
            return []
        return [each for each in features if isinstance(each, dict)]
    return [found]


def _name(properties: Any) -> str:
    """Return what a shape is called; Korean files of administrative areas say it in many ways."""
    if not isinstance(properties, dict):
        return ""
    for key in ("name", "adm_nm", "EMD_KOR_NM", "emd_kor_nm", "EMD_NM", "dong"):
        value = properties.get(key)
        if isinstance(value, str) and value.strip():
            return value.split()[-1][:40]
    return ""


def _rings(geometry: Any) -> tuple[Ring, ...]:
    if not isinstance(geometry, dict):
        return ()
    coordinates = geometry.get("coordinates")
    match geometry.get("type"):
        case "Polygon":
            polygons = [coordinates]
        case "MultiPolygon" if isinstance(coordinates, list):
            polygons = coordinates
        case _:
            return ()
    return tuple(_ring(ring) for polygon in polygons for ring in _list(polygon))


def _list(found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise Refused("This file cannot be read as GeoJSON.")
    return found


def _ring(found: Any) -> Ring:
    points = tuple(_point(each) for each in _list(found))
    if len(points) < 4 or points[0] != points[-1]:
        raise Refused("A ring of this area is not closed.")
    return points


def _point(found: Any) -> Point:
    pair = _list(found)[:2]
    if len(pair) < 2 or not all(type(each) in (int, float) for each in pair):
        raise Refused("This file cannot be read as GeoJSON.")
    lon, lat = (float(each) if abs(each) < 1_000 else math.inf for each in pair)
    if not (-180 <= lon <= 180 and -85 <= lat <= 85):
        raise Refused("A point of this area lies nowhere on Earth. Degrees of longitude and"
                      " latitude (WGS 84) are needed.")  # fmt: skip
    return (lon, lat)


def bounds(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of these shapes."""
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return min(lons), min(lats), max(lons), max(lats)


def simple(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """Return the same area with about ``KEPT_POINTS`` points: what lies on a line anyway goes."""
    west, south, east, north = bounds(shapes)
    off = max(east - west, north - south) / 4_000
    while True:
        made = tuple(
            Shape(shape.name, tuple(_thinned(ring, off) for ring in shape.rings))
            for shape in shapes
        )
        kept = sum(len(ring) for shape in made for ring in shape.rings)
        rings = sum(len(shape.rings) for shape in made)
        if kept <= max(KEPT_POINTS, 4 * rings):
            return made
        off *= 1.6


def _thinned(ring: Ring, off: float) -> Ring:
    """Leave out points that lie within ``off`` degrees of the line (Douglas and Peucker, 1973)."""
    if len(ring) <= 4:
        return ring
    middle = len(ring) // 2
    keep = {0, middle, len(ring) - 1}
    open_ = [(0, middle), (middle, len(ring) - 1)]
    while open_:
        first, last = open_.pop()
        place, far = max(
            ((place, _away(ring[place], ring[first], ring[last]))
             for place in range(first + 1, last)),
            key=lambda pair: pair[1], default=(0, 0.0),
        )  # fmt: skip
        if far > off:
            keep.add(place)
            open_ += [(first, place), (place, last)]
    if len(keep) < 4:  # a ring needs three corners and its first point again
        keep.add(max(1, middle // 2))
    return tuple((round(ring[place][0], 6), round(ring[place][1], 6)) for place in sorted(keep))


def _away(point: Point, one: Point, other: Point) -> float:
    """Return how far a point lies from the line between two others."""
    across, up = other[0] - one[0], other[1] - one[1]
    length = math.hypot(across, up)
    if length == 0:
        return math.hypot(point[0] - one[0], point[1] - one[1])
    return abs(across * (one[1] - point[1]) - (one[0] - point[0]) * up) / length


def written(shapes: Sequence[Shape]) -> str:
    """Return shapes as they are kept."""
    return json.dumps(
        [{"name": shape.name, "rings": shape.rings} for shape in shapes],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def kept(text: str) -> tuple[Shape, ...]:
    """Return the shapes that ``written`` wrote."""
    return tuple(
        Shape(each["name"], tuple(tuple((x, y) for x, y in ring) for ring in each["rings"]))
        for each in json.loads(text)
    )


def middle(shape: Shape) -> Point:
    """Return where the name of a shape stands: the centre of mass of its largest ring."""
    ring = max(shape.rings, key=lambda each: abs(_area(each)))
    area = _area(ring)
    if area == 0:
        return ring[0]
    pairs = list(pairwise(ring))
    cross = [x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs]
    # Around the first point, so that nothing is lost by subtracting large numbers.
    lon = sum((a[0] + b[0]) * c for (a, b), c in zip(pairs, cross, strict=True)) / (6 * area)
    lat = sum((a[1] + b[1]) * c for (a, b), c in zip(pairs, cross, strict=True)) / (6 * area)
    return (lon, lat)


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2
