"""The pages of the core, one module a subject."""

from . import (
    admin,
    admin_people,
    entering,
    home,
    installing,
    leaving,
    logging_in,
    me,
    my_data,
    new_email,
    pictures,
    recovery,
    signing_up,
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
    "entering",
    "home",
    "installing",
    "leaving",
    "logging_in",
    "me",
    "my_data",
    "new_email",
    "pictures",
    "recovery",
    "signing_up",
    "space_edit",
    "space_people",
    "spaces",
    "texts",
    "today",
    "ways_in",
]
