"""The pages of public-interest goods: asking a seller, agreeing, and what products say."""

from ..access import RULES
from . import agreeing, asking
from .parts import product_sections, space_sections

__all__ = ["RULES", "agreeing", "asking", "product_sections", "space_sections"]
