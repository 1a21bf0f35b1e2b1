"""What a resident chooses beforehand: what to do if too little comes, and where to collect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .....core.answers import PickUp, SaleTerms
from .....core.errors import Refused
from ...catalog.rules import MAX_PRICE

LESS, SUBSTITUTE, MONEY_BACK = "less", "substitute", "refund"
WISHES = (LESS, SUBSTITUTE, MONEY_BACK)


@dataclass(frozen=True, slots=True)
class IfShort:
    """What to do with a line if too little comes of it: take less, have something else for at most
    ``up_to`` won a piece, or all of it or none."""

    wish: str = LESS
    up_to: int | None = None

    def __post_init__(self) -> None:
        if self.wish not in WISHES or (self.up_to is None) != (self.wish != SUBSTITUTE):
            raise ValueError(f"no such wish: {self!r}")
        if self.up_to is not None and not 0 < self.up_to <= MAX_PRICE:
            raise Refused("Something else costs between 1 and %(most)s won.", most=f"{MAX_PRICE:,}")

    @property
    def columns(self) -> dict[str, Any]:
        """The two columns in which a line keeps it."""
        return {"wish": self.wish, "substitute_up_to": self.up_to}


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when something can be collected; ``host_id`` is the space whose place it is."""

    host_id: int
    place: str
    address: str
    collect_from: datetime | None
    collect_until: datetime | None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns in which an order keeps it."""
        return {
            "host_id": self.host_id,
            "place": self.place[:200],
            "address": self.address[:200],
            "collect_from": self.collect_from,
            "collect_until": self.collect_until,
        }

    @property
    def shown(self) -> list[object]:
        """All of it as a fingerprint takes it."""
        times = (self.collect_from, self.collect_until)
        told = [None if time is None else time.isoformat() for time in times]
        return [self.host_id, self.place, self.address, *told]


def places_of(terms: SaleTerms) -> list[Place]:
    """Return where it can be collected: the occasion's own place first, each host once."""
    spots: list[SaleTerms | PickUp] = [terms, *terms.pick_ups]
    found: dict[int, Place] = {}
    for spot in spots:
        place = Place(spot.host_id, spot.place, spot.address, spot.collect_from, spot.collect_until)
        found.setdefault(spot.host_id, place)
    return list(found.values())


def place_at(terms: SaleTerms, host_id: int | None) -> Place:
    """Return the place that was chosen, the occasion's own for None; Refused if it is not one."""
    places = places_of(terms)
    chosen = places[0] if host_id is None else None
    for place in places:
        if place.host_id == host_id:
            chosen = place
    if chosen is None:
        raise Refused("It cannot be collected there any more. Please choose another place.")
    return chosen
