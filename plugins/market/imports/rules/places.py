"""Provinces and counties of Korea under the names that people give them."""

from __future__ import annotations

from .....core.errors import Refused
from ...catalog.rules import folded, quoted, tidy

_NAMES = {
    "서울": "서울특별시 서울시",
    "부산": "부산광역시 부산시",
    "대구": "대구광역시 대구시",
    "인천": "인천광역시 인천시",
    "광주": "광주광역시",
    "대전": "대전광역시 대전시",
    "울산": "울산광역시 울산시",
    "세종": "세종특별자치시 세종시",
    "경기": "경기도",
    "강원": "강원특별자치도 강원도",
    "충북": "충청북도",
    "충남": "충청남도",
    "전북": "전북특별자치도 전라북도 전북도",
    "전남": "전라남도",
    "전남광주": "전남광주통합특별시 전남광주특별시",
    "경북": "경상북도",
    "경남": "경상남도",
    "제주": "제주특별자치도 제주도",
}
_SHORT = {name: short for short, names in _NAMES.items() for name in (short, *names.split())}

WITHOUT_COUNTIES = frozenset({"세종"})
"""Provinces that have no 시, 군 or 구 (Special Act on Sejong City, article 6)."""


def read_province(text: str) -> str:
    """Return the short name of a province (충청남도 is 충남); refuse what is none."""
    short = short_province(text)
    if short not in _NAMES:
        raise Refused("%(text)s is not a province or metropolitan city.", text=quoted(text))
    return short


def short_province(text: str) -> str:
    """Return the short name of a province, or the text itself if it is none."""
    return _SHORT.get(folded(text), tidy(text))


def read_region(text: str) -> tuple[str, str]:
    """Split ``충남 서천군`` into a province and a county, which may be empty."""
    first, _, rest = tidy(text).partition(" ")
    return read_province(first), rest


def stem(county: str) -> str:
    """Return a county as it is compared: 서천군 and 서천 are one, 중구 stays as it is."""
    name = folded(county)
    return name[:-1] if len(name) > 2 and name[-1] in "시군구" else name


def lacks_place(province: str, county: str) -> bool:
    """Tell whether the province or the county of a place is still missing."""
    return not province or not (county or province in WITHOUT_COUNTIES)
