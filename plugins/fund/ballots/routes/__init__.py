"""The pages of votes."""

from . import counting, desk, papers, preparing, public, voting
from .parts import SIGNPOSTS, fund_sections

__all__ = [
    "SIGNPOSTS", "counting", "desk", "fund_sections", "papers", "preparing", "public", "voting",
]  # fmt: skip
