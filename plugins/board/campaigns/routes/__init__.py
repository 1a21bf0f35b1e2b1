"""The pages of campaigns: for everyone, for those who take part, and for those who run them."""

from ..access import RULES
from . import desk, making, public, sections, signing, things
from .sections import home_sections, my_sections, space_sections

__all__ = [
    "RULES",
    "desk",
    "home_sections",
    "making",
    "my_sections",
    "public",
    "sections",
    "signing",
    "space_sections",
    "things",
]
