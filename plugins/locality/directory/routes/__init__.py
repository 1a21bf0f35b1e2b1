"""The pages of the directory: lists and map for everyone, and what one says of oneself."""

from . import areas, listing, own, places, words
from .listing import RULES
from .sections import my_sections, space_sections

__all__ = [
    "RULES",
    "areas",
    "listing",
    "my_sections",
    "own",
    "places",
    "space_sections",
    "words",
]
