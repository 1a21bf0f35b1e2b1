"""What a row says of goods besides price and unit: weight, allergens, certificate, container."""

from __future__ import annotations

from collections.abc import Mapping

from .....core.errors import Refused
from ...catalog.rules import (
    LONGEST_NUMBER,
    PIECE,
    WEIGHT,
    Unit,
    folded,
    parse_allergens,
    parse_certification,
    parse_day,
    parse_grams,
    parse_sold_by,
    quoted,
)
from .reading import RowReader
from .report import Fact

KILOGRAM = Unit("mass", size=1000, measure="g")
MOST_TITLE = 80
_NONE = frozenset({"없음", "none", "-"})


def read_more(reader: RowReader, containers: tuple[str, ...]) -> dict[str, Fact]:
    """Return what the row says; what it does not mention is not in it, and 없음 is ""."""
    facts: dict[str, Fact] = {
        "allergens": reader.read("allergens", parse_allergens),
        "container": reader.read("container", lambda text: _container(text, containers)),
        **_weight(reader),
        **_certificate(reader),
    }
    variant = reader.text("variant", 40)
    facts["variant"] = variant or None
    return {name: fact for name, fact in facts.items() if fact is not None}


def _weight(reader: RowReader) -> dict[str, Fact]:
    """Read how it is sold; a weight that is expected says by weight."""
    way, expected = reader.read("sold_by", parse_sold_by), reader.read("expected_g", parse_grams)
    if way == PIECE:
        return {"sold_by": PIECE, "expected_g": ""}
    return {"sold_by": WEIGHT if expected else way, "expected_g": expected}


def _certificate(reader: RowReader) -> dict[str, Fact]:
    kind = reader.read("certification", parse_certification)
    until = reader.read("certificate_until", parse_day)
    if kind == "":
        return {"certification": "", "certificate_number": "", "certificate_until": ""}
    return {
        "certification": kind,
        "certificate_number": reader.text("certificate_number", LONGEST_NUMBER) or None,
        "certificate_until": until.isoformat() if until else None,
    }


def _container(text: str, containers: tuple[str, ...]) -> str:
    if folded(text) in _NONE:
        return ""
    for name in containers:
        if folded(name) == folded(text):
            return name
    raise Refused("%(text)s is not one of the containers here.", text=quoted(text))


def check_whole(reader: RowReader, facts: Mapping[str, Fact]) -> None:
    """Refuse goods by weight without a weight, and a certification without number or end."""
    if facts.get("sold_by") == WEIGHT and not facts.get("expected_g"):
        reader.refuse("About how much one weighs is missing.")
    if facts.get("certification"):
        if not facts.get("certificate_number"):
            reader.refuse("The number of the certificate is missing.")
        if not facts.get("certificate_until"):
            reader.refuse("Until when the certificate is valid is missing.")
