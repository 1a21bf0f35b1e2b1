"""The pages of membership: of residents, of members, of whoever keeps the fund."""

from . import deposits, desk, kinds, lists, membership, shares
from .parts import SIGNPOSTS, fund_sections, my_sections

__all__ = [
    "SIGNPOSTS",
    "deposits",
    "desk",
    "fund_sections",
    "kinds",
    "lists",
    "membership",
    "my_sections",
    "shares",
]
