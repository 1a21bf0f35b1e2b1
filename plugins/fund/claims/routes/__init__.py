"""The pages of claims: for whoever claims, for those who decide, and for everyone."""

from . import budget, claiming, deciding, desk, page, runs
from .sections import SIGNPOSTS, fund_sections, my_sections

__all__ = [
    "SIGNPOSTS",
    "budget",
    "claiming",
    "deciding",
    "desk",
    "fund_sections",
    "my_sections",
    "page",
    "runs",
]
