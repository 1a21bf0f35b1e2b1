"""How goods are kept until they are eaten: three ways that all know, or the seller's words."""

from __future__ import annotations

from .....core.values import Message
from .text import folded

STORAGES = {
    "room": Message("Room temperature", {}),
    "cool": Message("Chilled", {}),
    "frozen": Message("Frozen", {}),
}
_WORDS = {
    "room": "실온 상온 실온보관 상온보관 roomtemperature",
    "cool": "냉장 냉장보관 chilled cold refrigerated",
    "frozen": "냉동 냉동보관",
}
_CODES = {word: code for code, words in _WORDS.items() for word in (*words.split(), code)}


def storage_code(text: str) -> str:
    """Return which of STORAGES is meant, "" for words of the seller's own."""
    return _CODES.get(folded(text), "")
