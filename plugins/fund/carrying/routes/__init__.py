"""The pages of what is being carried out: for everyone, for those who lead, and at the desk."""

from . import desk, leading, overrides, public
from .sections import SIGNPOSTS, fund_sections, my_sections

__all__ = [
    "SIGNPOSTS",
    "desk",
    "fund_sections",
    "leading",
    "my_sections",
    "overrides",
    "public",
]
