"""The map: a tap is where it was tapped, and no place is lost or shown twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.plugins.locality.directory.rules.boundary import Shape
from wizzle.plugins.locality.directory.rules.drawing import (
    MOST_ZOOM,
    WIDTH,
    Pin,
    Window,
    degrees,
    micro,
    outline,
    signs,
    whole,
)
from wizzle.plugins.locality.directory.rules.needs import chosen, street_of

TOWN = Window(127.0, 37.6, 127.05, 37.66)
LAT = st.integers(37_600_000, 37_660_000)
LON = st.integers(127_000_000, 127_050_000)


@given(LAT, LON)
def test_a_tap_on_the_picture_is_the_place_that_is_drawn_there(lat, lon):
    x, y = TOWN.place(lon / 1e6, lat / 1e6)
    tapped = TOWN.point(x, y, width=WIDTH, height=TOWN.height)
    assert tapped == pytest.approx((lat, lon), abs=120)  # some ten metres: a tenth of a unit


@given(LAT, LON, st.integers(-3, 40))
def test_a_nearer_look_stays_inside_and_shows_the_place(lat, lon, zoom):
    near = TOWN.near(lat, lon, zoom)
    assert TOWN.west <= near.west <= near.east <= TOWN.east + 1e-9
    assert TOWN.south <= near.south <= near.north <= TOWN.north + 1e-9
    part = (near.east - near.west) / (TOWN.east - TOWN.west)
    assert part == pytest.approx(0.5 ** min(max(zoom, 0), MOST_ZOOM))
    edge = Window(near.west - 1e-6, near.south - 1e-6, near.east + 1e-6, near.north + 1e-6)
    assert edge.holds(lat, lon)


@given(st.lists(st.tuples(LAT, LON), max_size=60))
def test_every_place_has_one_sign_and_signs_do_not_touch(places):
    pins = [Pin(index, lat, lon) for index, (lat, lon) in enumerate(places)]
    found = signs(TOWN, pins)
    assert sorted(index for sign in found for index in sign.indexes) == list(range(len(places)))
    spots = {(sign.x, sign.y) for sign in found}
    assert len(spots) == len(found)


def test_what_is_far_away_makes_no_map_a_dot():
    near = [(37_630_000, 127_020_000), (37_640_000, 127_030_000)]
    window = whole((), [*near, (35_900_000, 127_160_000)])
    assert window is not None
    assert all(window.holds(*each) for each in near)
    assert not window.holds(35_900_000, 127_160_000)
    assert whole((), []) is None
    assert whole((), near[:1]) is not None


def test_an_outline_is_a_closed_path():
    shape = Shape("", (((127.0, 37.6), (127.05, 37.6), (127.05, 37.66), (127.0, 37.6)),))
    assert outline(TOWN, shape) == f"M0 {TOWN.height}L1000 {TOWN.height}L1000 0Z"


@given(LAT)
def test_degrees_are_written_as_people_read_them(lat):
    assert abs(micro(float(degrees(lat))) - lat) <= 5


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("서울 강북구 노해로23길 5", "노해로23길"),
        ("서울 강북구 도봉로 00, 2층", "도봉로"),
        ("서울특별시 강북구 한천로", "한천로"),
        ("서울 강북구 수유동 마을부엌 1층", ""),
        ("12 Hancheon-ro, Gangbuk-gu", "Hancheon-ro"),
        ("", ""),
    ],
)
def test_the_street_of_an_address(address, street):
    assert street_of(address) == street


def test_only_known_needs_are_kept_and_each_once():
    assert chosen(["repair", "food", "weapons", "food"]) == ["food", "repair"]
