"""One good as nodes exchange it, whatever the words in which it is written on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

CURRENCY = "KRW"
"""The only currency in which goods are bought and sold here (ISO 4217)."""


@dataclass(frozen=True, slots=True)
class Good:
    """What a seller offers: the fields of the market's product, with addresses instead of ids.

    ``uri`` is the address of the offer and ``version`` only grows; ``seller`` is the address of the
    seller's actor, ``producer`` its name. ``unit_code`` is read by ``market.Unit``; ``price`` is in
    whole won for one unit, or for a kilogram when ``sold_by`` is "weight" and one piece weighs
    about ``expected_g`` grams. ``available`` counts units: None is on demand, 0 is sold out. A
    quantity fits if it is ``minimum`` plus any number of ``step``. ``family`` is the address of
    the good whose variants belong together, ``allergens`` the market's codes joined by commas.
    ``page`` shows the good to people, ``picture`` is the address of its photograph.
    """

    uri: str
    version: int
    updated: datetime
    seller: str
    name: str
    unit_code: str
    unit_label: str
    price: int
    producer: str = ""
    description: str = ""
    category: str = ""
    tax_class: str = "exempt"
    origin: str = ""
    storage: str = ""
    available: int | None = None
    minimum: int = 1
    step: int = 1
    variant: str = ""
    family: str = ""
    sold_by: str = "piece"
    expected_g: int | None = None
    allergens: str = ""
    certification: str = ""
    certificate_number: str = ""
    certificate_until: date | None = None
    page: str = ""
    picture: str = ""


LENGTHS = {
    "name": 80, "unit_label": 40, "category": 30, "origin": 120, "storage": 20, "variant": 40,
    "certificate_number": 60, "description": 2000, "producer": 120,
}  # fmt: skip
"""Letters that are taken of each text, as in the market; what is longer is refused."""

LONGEST_ADDRESS = 300
