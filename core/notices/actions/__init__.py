"""What is done with notices: told, brought by mail and push, chosen, read, forgotten."""

from .browsers import MOST_BROWSERS, add_browser, drop_browser, drop_browser_by_endpoint
from .choosing import choose, stop, take_up
from .keys import make_first_key, public_key, vapid_of
from .mailing import MAIL, work_mail
from .pushing import PUSH, PUSH_ONE, work_push, work_push_one
from .reading import mark_all, mark_read
from .respecting import respectful
from .telling import tell
from .tidying import forget, let_lie, tidy

__all__ = [
    "MAIL",
    "MOST_BROWSERS",
    "PUSH",
    "PUSH_ONE",
    "add_browser",
    "choose",
    "drop_browser",
    "drop_browser_by_endpoint",
    "forget",
    "let_lie",
    "make_first_key",
    "mark_all",
    "mark_read",
    "public_key",
    "respectful",
    "stop",
    "take_up",
    "tell",
    "tidy",
    "vapid_of",
    "work_mail",
    "work_push",
    "work_push_one",
]
