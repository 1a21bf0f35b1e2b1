"""The pages of votes."""

from .parts import SIGNPOSTS, fund_sections

__all__ = ["SIGNPOSTS", "fund_sections"]
