"""The pages of programmes and proposals."""

from . import keeping, merging, proposing, public, reviewing, sections, talking
from .sections import SIGNPOSTS, fund_sections, home_sections, my_sections

__all__ = [
    "SIGNPOSTS",
    "fund_sections",
    "home_sections",
    "keeping",
    "merging",
    "my_sections",
    "proposing",
    "public",
    "reviewing",
    "sections",
    "talking",
]
