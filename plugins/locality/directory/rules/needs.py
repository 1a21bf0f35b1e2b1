"""What people help with or look for, and the kinds of entries, as words to choose from."""

from __future__ import annotations

import re

from .....core.values import Message

NEEDS = {
    "food": Message("Food and cooking", {}),
    "care": Message("Caring for people", {}),
    "children": Message("Children", {}),
    "learning": Message("Learning together", {}),
    "repair": Message("Repairing", {}),
    "craft": Message("Making things", {}),
    "garden": Message("Gardening", {}),
    "carry": Message("Carrying and driving", {}),
    "digital": Message("Phones and computers", {}),
    "paper": Message("Letters and forms", {}),
    "place": Message("A room to meet", {}),
    "company": Message("Company", {}),
    "art": Message("Music, art and stories", {}),
    "health": Message("Moving and health", {}),
    "animals": Message("Animals", {}),
    "climate": Message("Saving and reusing", {}),
}
"""Words in which offers and wishes find each other; whatever else there is stands in own words."""

OFFERS, SEEKS = "offer", "seek"
WAYS = (OFFERS, SEEKS)

PERSON = "person"
KINDS = (PERSON, "producer", "shop", "hub", "organisation", "circle")
ICONS = {
    PERSON: "person", "producer": "leaf", "shop": "store", "hub": "box", "organisation": "people",
    "circle": "talk",
}  # fmt: skip

LAYERS = ("intimate", "civic", "social")

_STREET = re.compile(r"[가-힣A-Za-z0-9·.]{1,20}(?:대로|로|길)(?=[\s,\d]|$)")
_BY_NAME = re.compile(r"^(?:.*?,)?\s*(?:\d+[-\d]*\s+)?([A-Za-z][\w'. -]{1,30}?"
                      r"(?:-ro|-gil|-daero| Street| Road| Lane))")  # fmt: skip


def street_of(address: str) -> str:
    """Return the street of an address in the Korean order ("서울 강북구 노해로23길 5" is on
    노해로23길), "" if none can be told."""
    found = _STREET.findall(address)
    if found:
        return str(found[-1])[:40]
    named = _BY_NAME.search(address)
    return named[1].strip()[:40] if named else ""


def chosen(words: list[str]) -> list[str]:
    """Return those of these words that are needs, each once, in the order in which they stand."""
    return [need for need in NEEDS if need in words]
