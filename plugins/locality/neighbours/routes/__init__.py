"""The pages on which neighbours confirm each other."""

from . import own, stewards, vouching
from .own import RULES, my_sections

__all__ = ["RULES", "my_sections", "own", "stewards", "vouching"]
