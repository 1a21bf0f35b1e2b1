"""Filters with which templates say what goods are: their weight, allergens and certificate."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from .....core.web import say, this_node, this_tongue
from ...pages import blueprint
from .. import rules
from ..rules import STORAGES, Certificate


def today() -> date:
    """Return the day that it is where the node is."""
    node = this_node()
    return node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()


@blueprint.app_template_filter("grams")
def _grams(grams: int) -> str:
    return rules.grams_text(grams)


@blueprint.app_template_filter("piece_price")
def _piece_price(good: Any) -> int:
    """Return what one piece costs; of goods by weight, about."""
    return rules.piece_price(good)


@blueprint.app_template_filter("titled")
def _titled(good: Any) -> str:
    """Return what a product of the catalogue is called with its variant."""
    return rules.titled(good.name, good.variant)


@blueprint.app_template_filter("drawing")
def _drawing(name: str) -> str:
    """Return the drawing that stands for goods of this name where there is no photograph."""
    return rules.drawing_of(name)


@blueprint.app_template_filter("stored")
def stored(text: str) -> str:
    """Say how goods are kept; the seller's own words stay as they are."""
    known = STORAGES.get(rules.storage_code(text))
    return this_tongue().say(known) if known else text


@blueprint.app_template_filter("allergens")
def _allergens(kept: str) -> str:
    return ", ".join(map(this_tongue().say, rules.allergen_names(kept)))


@blueprint.app_template_filter("certificate")
def certificate_words(kept: str | Certificate | None) -> str:
    """Say a certificate as a line of an order or a product holds it."""
    found = Certificate.read(kept) if isinstance(kept, str) else kept
    if found is None:
        return kept if isinstance(kept, str) else ""
    name = this_tongue().say(found.name)
    if found.until is None:
        return f"{name} {found.number}".strip()
    return say(
        "%(kind)s, no. %(number)s, valid until %(day)s",
        kind=name,
        number=found.number,
        day=found.until.isoformat(),
    )
