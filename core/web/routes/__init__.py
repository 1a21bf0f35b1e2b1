"""The pages of the core, one module a subject."""

from . import (
    admin,
    admin_people,
    entering,
    home,
    leaving,
    logging_in,
    me,
    my_data,
    new_email,
    notice_settings,
    notices,
    pictures,
    recovery,
    signing_up,
    space_edit,
    space_people,
    spaces,
    texts,
    today,
    unsubscribing,
    ways_in,
)
from .base import RULES, blueprint

UNSIGNED = (home.choose_language, unsubscribing.no_mail, unsubscribing.mail_again)
"""Views whose form carries no token, so that a stranger's page needs no cookie, and a mail program
can send it."""

__all__ = [
    "RULES",
    "UNSIGNED",
    "admin",
    "admin_people",
    "blueprint",
    "entering",
    "home",
    "leaving",
    "logging_in",
    "me",
    "my_data",
    "new_email",
    "notice_settings",
    "notices",
    "pictures",
    "recovery",
    "signing_up",
    "space_edit",
    "space_people",
    "spaces",
    "texts",
    "today",
    "unsubscribing",
    "ways_in",
]
