"""What may be read of news."""

from ...lists import Place, read_place
from .documents import FEED, NEWS
from .listed import (
    MOST_DRAFTS,
    drafts,
    editions,
    listed,
    news_page,
    pictures,
    pinned,
    told_place,
)
from .numbers import numbers
from .rows import AnyRow

__all__ = [
    "FEED",
    "MOST_DRAFTS",
    "NEWS",
    "AnyRow",
    "Place",
    "drafts",
    "editions",
    "listed",
    "news_page",
    "numbers",
    "pictures",
    "pinned",
    "read_place",
    "told_place",
]
