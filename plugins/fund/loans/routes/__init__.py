"""The pages of loans: what everyone sees, one's own, guarantees, the desk, and lenders' books."""

from . import deciding, desk, guarantee, lenders, mine, public, repaying
from .parts import SIGNPOSTS, fund_sections, my_sections

__all__ = [
    "SIGNPOSTS",
    "deciding",
    "desk",
    "fund_sections",
    "guarantee",
    "lenders",
    "mine",
    "my_sections",
    "public",
    "repaying",
]
