"""What is told: one notice, for one person or several, each in their language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ...language import Tongue
from ...values import Message

Words = str | Message | Callable[[Tongue], str]
"""A text in its reader's language already, a message, or what makes it in a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that somebody is told, once under ``key``.

    ``kind`` is one of ``notice_kinds``. ``url`` is the path of the page on this node that it leads
    to. Notices on one ``subject`` ("cycle:12") stand together in a mail, under ``heading``, what
    people call it. After ``until`` it is worth no mail any more.
    """

    kind: str
    title: Words
    text: Words
    key: str
    url: str = ""
    subject: str = ""
    heading: str = ""
    until: datetime | None = None


def in_words(words: Words, tongue: Tongue) -> str:
    """Return a text in one language."""
    if isinstance(words, str):
        return words
    return tongue.say(words) if isinstance(words, Message) else words(tongue)
