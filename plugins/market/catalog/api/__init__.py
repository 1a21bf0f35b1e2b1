"""Goods for programs: the catalogue for everyone, and a seller's own list."""

from .....core.answers import Scope
from .....core.web.api import mark
from . import everyones, sellers

SCOPES = (
    Scope("goods:read", mark("See the goods of my shop or farm, those off the list too")),
    Scope("goods:write", mark("Change prices and stock of the goods of my shop or farm")),
)

__all__ = ["SCOPES", "everyones", "sellers"]
