"""What holds for campaigns whoever asks: no session, no request, no clock."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from ....core.errors import Invalid
from ....core.values import Message

PETITION, ASK, THINGS, DONATION, GOODS = "petition", "ask", "things", "donation", "goods"
KINDS = (PETITION, ASK, THINGS, DONATION, GOODS)
PLAIN = (PETITION, ASK, THINGS)
"""Kinds that open without more than this room knows; the others are opened by rooms above."""

DRAFT, OPEN, CLOSED = "draft", "open", "closed"
STATES = (DRAFT, OPEN, CLOSED)

STANCES = ("yes", "partly", "no", "open")
"""What an official's answer comes to; "open" says neither yes nor no."""

MOST_ASKS, MOST_NEEDS, MOST_UPDATES = 50, 50, 300
MOST_THINGS = 100_000
LONGEST = timedelta(days=3 * 366)
UNPROVEN_DAYS = 3
"""How long the link in a guest's letter works, and what nobody has confirmed is kept."""

KEPT_DAYS = 30
"""How long after the hand-over the names of guests are kept."""

KEPT_WITHOUT = timedelta(days=150)
"""So much longer where nothing was handed over after the end."""

CONSENT = "signature"
CONSENT_VERSION = "1"
"""That the receiver of a petition gets the name of who signed (article 17 (2))."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A campaign as its organisation describes it; ``ends_on`` is its last day.

    ``receiver`` is who gets a petition, ``goal`` how many signatures are hoped for, ``bring`` where
    and when things are brought.
    """

    kind: str
    title: str
    summary: str
    story: str
    ends_on: date | None = None
    receiver: str = ""
    goal: int | None = None
    bring: str = ""

    def check(self, today: date) -> None:
        """Raise ``Invalid`` unless its kind is told enough of, and people can still take part."""
        wrong: dict[str, list[Message]] = {}
        if self.ends_on is not None and not today <= self.ends_on <= today + LONGEST:
            wrong["ends_on"] = [
                Message("The last day lies between today and three years from now.", {})
            ]
        if self.kind == PETITION and not self.receiver:
            wrong["receiver"] = [Message("Please say who gets the signatures.", {})]
        if self.kind == THINGS and not self.bring:
            wrong["bring"] = [Message("Please say where and when things are brought.", {})]
        if wrong:
            raise Invalid(wrong)


def is_over(ends_on: date | None, today: date) -> bool:
    """Say whether the last day has passed."""
    return ends_on is not None and today > ends_on


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the first instant after a day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def ask_state(answered: bool, read: bool, answer_by: date, today: date) -> str:
    """Return how a question to an official stands: answered, silent (late), read or sent."""
    if answered:
        return "answered"
    if today > answer_by:
        return "silent"
    return "read" if read else "sent"


def who(email: str) -> str:
    """Return by what it is known that somebody signed already: SHA-256 of their address."""
    return hashlib.sha256(email.encode()).hexdigest()


def digest(token: str) -> str:
    """Return the SHA-256 of a link's token, which is all that is kept of it."""
    return hashlib.sha256(token.encode()).hexdigest()
