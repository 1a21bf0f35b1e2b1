"""The allergens that food is labelled with, as codes, and as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .....core.errors import Refused
from .....core.values import Message
from .text import folded, quoted

ALLERGENS = {
    "egg": Message("Eggs", {}),
    "milk": Message("Milk", {}),
    "buckwheat": Message("Buckwheat", {}),
    "peanut": Message("Peanuts", {}),
    "soybean": Message("Soybeans", {}),
    "wheat": Message("Wheat", {}),
    "mackerel": Message("Mackerel", {}),
    "crab": Message("Crab", {}),
    "shrimp": Message("Shrimp", {}),
    "pork": Message("Pork", {}),
    "peach": Message("Peaches", {}),
    "tomato": Message("Tomatoes", {}),
    "sulphites": Message("Sulphites", {}),
    "walnut": Message("Walnuts", {}),
    "chicken": Message("Chicken", {}),
    "beef": Message("Beef", {}),
    "squid": Message("Squid", {}),
    "shellfish": Message("Shellfish", {}),
    "oyster": Message("Oysters", {}),
    "abalone": Message("Abalone", {}),
    "mussel": Message("Mussels", {}),
    "pine_nut": Message("Pine nuts", {}),
}
"""What has to be named, in the order of the law, with oysters, abalones and mussels beside the
shellfish that they are (Food Labelling and Advertising Act, Enforcement Rule, table 2)."""

_WORDS = {
    "egg": "알류 알 계란 달걀 난류 난각 가금류알 eggs",
    "milk": "우유 유제품 유류",
    "buckwheat": "메밀",
    "peanut": "땅콩 peanuts",
    "soybean": "대두 콩 soy soya soybeans",
    "wheat": "밀 밀가루",
    "mackerel": "고등어",
    "crab": "게 꽃게",
    "shrimp": "새우 shrimps",
    "pork": "돼지고기 돼지 돈육",
    "peach": "복숭아 peaches",
    "tomato": "토마토 tomatoes",
    "sulphites": "아황산류 아황산 아황산염 sulfites",
    "walnut": "호두 walnuts",
    "chicken": "닭고기 닭 계육",
    "beef": "쇠고기 소고기 우육",
    "squid": "오징어",
    "shellfish": "조개류 조개",
    "oyster": "굴 oysters",
    "abalone": "전복",
    "mussel": "홍합 mussels",
    "pine_nut": "잣 pinenut pinenuts",
}
_CODES = {word: code for code, words in _WORDS.items() for word in (*words.split(), code)}
_NONE = frozenset({"없음", "해당없음", "none", "-"})
_APART = re.compile(r"[,，、·/;+\s]+")
_BESIDE = re.compile(r"[()（）]|포함(?:한다|됨)?|함유|10 ?mg/kg ?이상|및|\band\b")


def parse_allergens(text: str) -> str:
    """Read ``우유, 대두, 밀`` as codes joined by commas, in the order of the law; 없음 is none.

    Refused for a word that is not on the list: nobody may think that it was taken down.
    """
    # Shellfish is written with what belongs to it: 조개류(굴, 전복, 홍합 포함).
    words = _APART.split(_BESIDE.sub(",", text.casefold().replace("pine nut", "pinenut")))
    known = (word for word in words if word and folded(word) not in _NONE)
    return joined(_code(word, text) for word in known)


def joined(codes: Iterable[str]) -> str:
    """Return codes as they are kept: each once, in the order of the law, joined by commas."""
    found = set(codes)
    return ",".join(code for code in ALLERGENS if code in found)


def allergen_names(kept: str) -> list[Message]:
    """Return what a kept list of codes says."""
    return [ALLERGENS[code] for code in kept.split(",") if code in ALLERGENS]


def _code(word: str, text: str) -> str:
    code = _CODES.get(folded(word))
    if code is None:
        raise Refused(
            "%(word)s in %(text)s is not one of the allergens that have to be named.",
            word=quoted(word),
            text=quoted(text),
        )
    return code
