"""An event as its organiser describes it, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .....core.errors import Invalid
from .....core.values import Message

MOST_TEXT = 10_000
MOST_PLACES = 5_000
MOST_PEOPLE = 20
"""People of one sign-up."""
MOST_QUESTIONS = 5
MOST_ANSWER = 300
MOST_AHEAD = timedelta(days=400)
LONGEST = timedelta(days=14)

_MISSING = Message("Please fill this in.", {})
_WHERE = Message("Please say where, or give a link for taking part online.", {})


@dataclass(frozen=True, slots=True)
class Span:
    """When an event takes place once."""

    starts_at: datetime
    ends_at: datetime

    def check(self, now: datetime) -> None:
        """Raise ``Invalid`` unless people can still come, and know when they are home again."""
        if self.starts_at <= now:
            raise Invalid({"starts_at": [Message("It must begin in the future.", {})]})
        if self.starts_at > now + MOST_AHEAD:
            raise Invalid({"starts_at": [Message("Please choose a day within a year.", {})]})
        if self.ends_at <= self.starts_at:
            raise Invalid({"ends_at": [Message("The end must come after the beginning.", {})]})
        if self.ends_at - self.starts_at > LONGEST:
            raise Invalid({"ends_at": [Message("It can last for two weeks at most.", {})]})


@dataclass(frozen=True, slots=True)
class Draft:
    """What an event says of itself; ``text`` is plain Markdown.

    ``place`` or ``online_url``, or both, say where. ``signs_up``: people ask for places, of which
    there are ``capacity`` (None: as many as like), for up to ``most_people`` at once, and can give
    them back until ``cancel_hours`` before it begins. ``questions`` are what they are asked.
    """

    title: str
    text: str
    place: str = ""
    address: str = ""
    online_url: str = ""
    price: str = ""
    children: bool = False
    access: str = ""
    signs_up: bool = False
    capacity: int | None = None
    most_people: int = 1
    cancel_hours: int = 0
    questions: tuple[str, ...] = ()


def checked(draft: Draft) -> Draft:
    """Return it as it is kept; ``Invalid`` if it says too little."""
    title, text = " ".join(draft.title.split()), draft.text.replace("\r\n", "\n").strip()
    problems: dict[str, Sequence[Message]] = {}
    if not title:
        problems["title"] = [_MISSING]
    if not draft.place.strip() and not draft.online_url.strip():
        problems["place"] = [_WHERE]
    if draft.online_url and not draft.online_url.startswith("https://"):
        problems["online_url"] = [Message("A link begins with https://", {})]
    if draft.capacity is not None and draft.most_people > draft.capacity:
        problems["most_people"] = [Message("So many places are not there at all.", {})]
    if problems:
        raise Invalid(problems)
    asked = tuple(" ".join(each.split()) for each in draft.questions if each.strip())
    return replace(draft, title=title, text=text, questions=asked[:MOST_QUESTIONS])
