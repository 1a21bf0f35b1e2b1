"""The pages of the core, one module a subject."""

from . import (
    admin,
    admin_people,
    cards,
    entering,
    feeds,
    home,
    leaving,
    logging_in,
    me,
    my_data,
    new_email,
    pictures,
    recovery,
    search,
    signing_up,
    sitemap,
    space_edit,
    space_people,
    spaces,
    texts,
    today,
    ways_in,
)
from .base import RULES, blueprint

UNSIGNED = (home.choose_language,)
"""Views whose form carries no token, so that a stranger's page needs no cookie."""

__all__ = [
    "RULES",
    "UNSIGNED",
    "admin",
    "admin_people",
    "blueprint",
    "cards",
    "entering",
    "feeds",
    "home",
    "leaving",
    "logging_in",
    "me",
    "my_data",
    "new_email",
    "pictures",
    "recovery",
    "search",
    "signing_up",
    "sitemap",
    "space_edit",
    "space_people",
    "spaces",
    "texts",
    "today",
    "ways_in",
]
