"""What holds for news whoever asks: no session, no request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ....core.answers import NoticeKind
from ....core.errors import Invalid
from ....core.values import Message

MOST_TITLE = 120
MOST_TEXT = 10_000
MOST_CAPTION = 200
MOST_PINNED = 3
"""News of one space that stand above the others."""
MOST_PICTURES = 8

KIND = "news"
FOLLOWED = NoticeKind(
    "locality.news",
    Message("News of whom I follow", {}),
    Message("What the shops, producers and groups that you follow have to tell.", {}),
    order=60,
)


class State(StrEnum):
    """How news stand: nobody else sees them yet, everyone does, or nobody any more."""

    DRAFT = "draft"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Words:
    """What news say; ``text`` is plain Markdown."""

    title: str
    text: str

    def tidy(self) -> Words:
        """Return it as it is kept; ``Invalid`` for words that say nothing."""
        title, text = " ".join(self.title.split()), self.text.replace("\r\n", "\n").strip()
        missing = {
            name: [_MISSING] for name, said in (("title", title), ("text", text)) if not said
        }
        if missing:
            raise Invalid(missing)
        return Words(title, text)


_MISSING = Message("Please fill this in.", {})


def subject_of(news_id: int) -> str:
    """Return the name of news among all things."""
    return f"{KIND}:{news_id}"


def path_of(news_id: int) -> str:
    """Return the path of their page."""
    return f"/news/{news_id}"
