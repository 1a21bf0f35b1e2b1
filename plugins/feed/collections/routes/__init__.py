"""The pages of collections."""

from . import choosing, curating, making, pages
from .sections import home_sections, my_sections, space_sections, ways

__all__ = [
    "choosing",
    "curating",
    "home_sections",
    "making",
    "my_sections",
    "pages",
    "space_sections",
    "ways",
]
