"""The pages of activities: for everyone, for who asks, for those who tell of them."""

from . import asking, reading, writing
from .sections import home_sections, space_sections

__all__ = ["asking", "home_sections", "reading", "space_sections", "writing"]
