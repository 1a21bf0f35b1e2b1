"""The pages of news: for everyone, and for those who write them."""

from . import picturing, reading, writing
from .sections import home_sections, space_sections

__all__ = ["home_sections", "picturing", "reading", "space_sections", "writing"]
