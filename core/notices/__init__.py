"""Notices: one way of telling people what concerns them, on the site, by mail and to a browser.

An action or a job tells (``tell``) in the transaction in which something has happened; whether and
when that reaches somebody, and how, is theirs to choose for each kind (``notice_kinds``).
"""

from .actions import (
    MAIL,
    add_browser,
    choose,
    drop_browser,
    drop_browser_by_endpoint,
    forget,
    let_lie,
    mark_all,
    mark_read,
    public_key,
    respectful,
    stop,
    take_up,
    tell,
    work_mail,
)
from .actions.services import SERVICE
from .queries import (
    browsers,
    choices,
    concerns,
    kinds_of,
    listed,
    one,
    personal_data,
    times_of,
    unread,
    unread_of,
)
from .rules import ALL, DIGEST, MAILS, OFF, Notice, Times, Unsigned, Way, Words, unsigned, way_of

__all__ = [
    "ALL",
    "DIGEST",
    "MAIL",
    "MAILS",
    "OFF",
    "SERVICE",
    "Notice",
    "Times",
    "Unsigned",
    "Way",
    "Words",
    "add_browser",
    "browsers",
    "choices",
    "choose",
    "concerns",
    "drop_browser",
    "drop_browser_by_endpoint",
    "forget",
    "kinds_of",
    "let_lie",
    "listed",
    "mark_all",
    "mark_read",
    "one",
    "personal_data",
    "public_key",
    "respectful",
    "stop",
    "take_up",
    "tell",
    "times_of",
    "unread",
    "unread_of",
    "unsigned",
    "way_of",
    "work_mail",
]
