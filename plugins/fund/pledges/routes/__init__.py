"""The pages of drives: for everyone, for those who propose and pledge, and at the desk."""

from . import desk, matching, pledging, proposing, public, receipts
from .sections import SIGNPOSTS, fund_sections, home_sections, my_sections

__all__ = [
    "SIGNPOSTS",
    "desk",
    "fund_sections",
    "home_sections",
    "matching",
    "my_sections",
    "pledging",
    "proposing",
    "public",
    "receipts",
]
