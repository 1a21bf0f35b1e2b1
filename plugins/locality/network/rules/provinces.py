"""The provinces of Korea, and the sketch of a map on which each is one tile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .....core.values import Text


@dataclass(frozen=True, slots=True)
class Province:
    """A province or metropolitan city; ``x`` and ``y`` are its place on the map.

    ``x`` counts halves of a tile from the west, ``y`` rows from the north: neighbours on the map
    are neighbours in the country, as far as 17 tiles of one size allow.
    """

    key: str
    names: Text
    x: int
    y: int


PROVINCES = tuple(
    Province(key, Text(ko, en), x, y)
    for key, ko, en, x, y in (
        ("seoul", "서울", "Seoul", 3, 0),
        ("incheon", "인천", "Incheon", 2, 1),
        ("gyeonggi", "경기", "Gyeonggi", 4, 1),
        ("gangwon", "강원", "Gangwon", 6, 1),
        ("chungnam", "충남", "Chungnam", 1, 2),
        ("sejong", "세종", "Sejong", 3, 2),
        ("chungbuk", "충북", "Chungbuk", 5, 2),
        ("gyeongbuk", "경북", "Gyeongbuk", 7, 2),
        ("jeonbuk", "전북", "Jeonbuk", 2, 3),
        ("daejeon", "대전", "Daejeon", 4, 3),
        ("daegu", "대구", "Daegu", 6, 3),
        ("ulsan", "울산", "Ulsan", 8, 3),
        ("jeonnam", "전남", "Jeonnam", 1, 4),
        ("gwangju", "광주", "Gwangju", 3, 4),
        ("gyeongnam", "경남", "Gyeongnam", 5, 4),
        ("busan", "부산", "Busan", 7, 4),
        ("jeju", "제주", "Jeju", 2, 5),
    )
)
BY_KEY: Mapping[str, Province] = {each.key: each for each in PROVINCES}
_BY_NAME = {each.names.ko: each for each in PROVINCES}
_ENDING = re.compile("(통합)?(특별자치|특별|광역)?[시도]$")


def province_of(text: str) -> Province | None:
    """Return the province that is meant, by any of its names; None if it is none.

    충청남도 is 충남, 전라북도 and 전북특별자치도 are 전북. What was joined into one of a longer
    name (전남광주통합특별시) stands at the first of its parts.
    """
    name = _ENDING.sub("", "".join(text.split()))
    if len(name) == 3 and name[2] in "남북":
        name = name[0] + name[2]
    parts = [_BY_NAME.get(name[at : at + 2]) for at in range(0, len(name), 2)]
    return parts[0] if parts and all(parts) else None


def stem(county: str) -> str:
    """Return a county as it is compared: 서천군 and 서천 are one, 중구 stays as it is."""
    name = "".join(county.split())
    return name[:-1] if len(name) > 2 and name[-1] in "시군구" else name


HERE, SAME_PROVINCE, ELSEWHERE = "here", "province", "elsewhere"


def nearness(province: str, county: str, home: tuple[str, str]) -> str:
    """Say where a space stands as seen from ``home``, the node's own province and county.

    A node without a county (Sejong) is a neighbourhood as wide as its province. A space that does
    not say where it is counts as elsewhere: the sums must not look better than they are.
    """
    there, own = province_of(province), province_of(home[0])
    if there is None or there != own:
        return ELSEWHERE
    return HERE if not home[1] or stem(county) == stem(home[1]) else SAME_PROVINCE


@dataclass(frozen=True, slots=True)
class Tile:
    """A province as it is drawn: a hexagon's ``points``, its middle, and its shade from 0 to 3."""

    province: Province
    number: int
    points: str
    middle_x: float
    middle_y: float
    shade: int


_HALF, _SIDE = 38.0, 43.9
WIDTH, HEIGHT = _HALF * 9 + 8, _SIDE * 1.5 * 5 + _SIDE * 2 + 8


def tiles(numbers: Mapping[str, int]) -> list[Tile]:
    """Return the map: each province with its number, darker the more there are."""
    most = max(numbers.values(), default=0)
    return [_tile(each, numbers.get(each.key, 0), most) for each in PROVINCES]


def _tile(province: Province, number: int, most: int) -> Tile:
    x, y = 4 + _HALF * province.x, 4 + _SIDE * (1 + 1.5 * province.y)
    corners = ((0, -1), (1, -0.5), (1, 0.5), (0, 1), (-1, 0.5), (-1, -0.5))
    shrunk = 0.96
    points = " ".join(
        f"{x + _HALF * shrunk * right:.1f},{y + _SIDE * shrunk * down:.1f}"
        for right, down in corners
    )
    shade = 0 if not number else 1 + (number * 3 > most) + (number * 3 > most * 2)
    return Tile(province, number, points, round(x, 1), round(y, 1), shade)


def counted(rows: Iterable[tuple[str, int]]) -> tuple[dict[str, int], int]:
    """Return the numbers by province, and how many stand in none that is known."""
    found: dict[str, int] = {}
    unknown = 0
    for text, number in rows:
        province = province_of(text)
        if province is None:
            unknown += number
        else:
            found[province.key] = found.get(province.key, 0) + number
    return found, unknown
