"""Boundaries: what is read, what is refused, and that they become simple without moving."""

from __future__ import annotations

import contextlib
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizzle.core.errors import Refused
from wizzle.plugins.locality.directory.actions.examples import DATA
from wizzle.plugins.locality.directory.rules.boundary import (
    KEPT_POINTS,
    MOST_BYTES,
    Shape,
    bounds,
    kept,
    middle,
    read,
    written,
)


def geojson(ring, kind="Polygon", **properties):
    coordinates = [ring] if kind == "Polygon" else [[ring], [ring]]
    geometry = {"type": kind, "coordinates": coordinates}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": geometry})


SQUARE = [[127.0, 37.6], [127.02, 37.6], [127.02, 37.62], [127.0, 37.62], [127.0, 37.6]]


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_polygons_are_read_with_their_names(kind):
    (shape,) = read(geojson(SQUARE, kind, adm_nm="서울특별시 강북구 수유1동"))
    assert shape.name == "수유1동"
    assert bounds([shape]) == (127.0, 37.6, 127.02, 37.62)
    assert middle(shape) == pytest.approx((127.01, 37.61))


def test_a_bare_geometry_and_a_mark_of_order_are_read_too():
    bare = json.dumps({"type": "Polygon", "coordinates": [SQUARE]})
    assert len(read(b"\xef\xbb\xbf" + bare.encode())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "", "no json", "[]", "null", "12", '"text"', "{}", '{"type": "Point"}',
        '{"type": "FeatureCollection", "features": 3}',
        '{"type": "FeatureCollection", "features": [1, null, "a"]}',
        '{"type": "Polygon", "coordinates": 5}',
        '{"type": "Polygon", "coordinates": [[1, 2], [3, 4]]}',
        '{"type": "MultiPolygon", "coordinates": [5]}',
        geojson(SQUARE[:3]), geojson(SQUARE[:4]), geojson([*SQUARE[:4], [127.0, "37.6"]]),
        geojson([[1e9, 37.6], *SQUARE[1:4], [1e9, 37.6]]),
        geojson([[127.0, True], *SQUARE[1:4], [127.0, True]]),
        geojson([[0, 0], [9, 0], [9, 9], [0, 0]]),
        '{"type": "Polygon", "coordinates": [[[NaN, 1], [2, 2], [3, 1], [NaN, 1]]]}',
        '{"type": "Polygon", "coordinates": [[[1e999, 1], [2, 2], [3, 1], [1e999, 1]]]}',
        '{"type": "Polygon", "coordinates": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"a": ' + "9" * 5_000 + "}",
        b"\xff\xfe\x00\x01\x80", " " * (MOST_BYTES + 1),
    ],
    ids=range(25),
)  # fmt: skip
def test_what_is_no_boundary_is_refused_in_words(text):
    with pytest.raises(Refused):
        read(text)


@settings(max_examples=30)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(Refused):
        assert read(data)


def test_a_long_coast_becomes_simple_and_stays_where_it_is():
    turns = [2 * math.pi * step / 20_000 for step in range(20_000)]
    ring = [[127 + 0.02 * math.cos(t), 37.6 + 0.02 * math.sin(t)] for t in turns]
    (shape,) = read(geojson([*ring, ring[0]]))
    points = shape.rings[0]
    assert points[0] == points[-1]
    assert 12 < len(points) <= KEPT_POINTS
    away = [abs(math.hypot(lon - 127, lat - 37.6) - 0.02) for lon, lat in points]
    assert max(away) < 0.0001


RINGS = st.lists(
    st.tuples(st.floats(126.9, 127.1), st.floats(37.5, 37.7)), min_size=3, max_size=40
).map(lambda points: [*map(list, points), list(points[0])])


@given(RINGS)
def test_simple_rings_stay_closed_and_within_their_bounds(ring):
    (shape,) = read(geojson(ring))
    west, south, east, north = bounds([Shape("", (tuple(map(tuple, ring)),))])
    assert shape.rings[0][0] == shape.rings[0][-1]
    assert len(shape.rings[0]) >= 4
    for lon, lat in shape.rings[0]:
        assert west - 1e-6 <= lon <= east + 1e-6
        assert south - 1e-6 <= lat <= north + 1e-6
    assert kept(written([shape])) == (shape,)


def test_the_sketch_of_the_example_can_be_read():
    shapes = read((DATA / "gangbuk.geojson").read_bytes())
    assert len(shapes) == 13
    assert all(shape.name.endswith("동") for shape in shapes)
