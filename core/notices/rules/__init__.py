"""What a notice is, when it may be brought to somebody, and how its mail reads."""

from .deciding import (
    DAILY,
    HOUSE,
    MAILS,
    NOW,
    OFF,
    Plan,
    Situation,
    Times,
    Way,
    awake,
    mail_mode,
    out_of,
    plan,
    quiet_of,
    way_of,
)
from .letters import MOST_IN_A_MAIL, Frame, Item, digest_letter, single_letter
from .notice import Notice, Words, in_words
from .times import after_quiet, is_quiet, next_hour
from .tokens import ALL, DIGEST, Unsigned, sign, unsigned

__all__ = [
    "ALL",
    "DAILY",
    "DIGEST",
    "HOUSE",
    "MAILS",
    "MOST_IN_A_MAIL",
    "NOW",
    "OFF",
    "Frame",
    "Item",
    "Notice",
    "Plan",
    "Situation",
    "Times",
    "Unsigned",
    "Way",
    "Words",
    "after_quiet",
    "awake",
    "digest_letter",
    "in_words",
    "is_quiet",
    "mail_mode",
    "next_hour",
    "out_of",
    "plan",
    "quiet_of",
    "sign",
    "single_letter",
    "unsigned",
    "way_of",
]
