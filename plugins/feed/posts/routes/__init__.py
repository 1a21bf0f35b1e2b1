"""The pages of posts: reading, writing, one's own page."""

from . import own_page, pictures, reading, writing
from .reading import home_news

__all__ = ["home_news", "own_page", "pictures", "reading", "writing"]
