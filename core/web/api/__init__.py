"""The JSON API: how its views are made, and what their schemas are made of."""

from .fields import Cursor, Flag, Moment, Won, described, mark
from .listing import Asked, Listing, listed
from .operations import api, has_scope

__all__ = [
    "Asked",
    "Cursor",
    "Flag",
    "Listing",
    "Moment",
    "Won",
    "api",
    "described",
    "has_scope",
    "listed",
    "mark",
]
