"""What holds for activities whoever asks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ....core.answers import NoticeKind
from ....core.errors import Invalid
from ....core.values import Message

KIND, QUESTION = "activity", "board_question"
"""How subjects name an activity and a question."""

MOST_PICTURES = 8
MOST_DRAFTS = 40
"""Drafts of an organisation that wait to be published."""

MOST_OPEN = 3
"""Questions of one person about one activity that may wait for an answer."""

NEWS = NoticeKind(
    "board.activity",
    Message("What organisations do", {}),
    Message("An organisation that you follow tells of something new.", {}),
    order=62,
)
QUESTIONS = NoticeKind(
    "board.question",
    Message("Questions about activities", {}),
    Message("Somebody asks your organisation, or your question is answered.", {}),
    default="now",
    order=64,
)
KINDS = (NEWS, QUESTIONS)


@dataclass(frozen=True, slots=True)
class Story:
    """An activity as its organisation tells it; ``together`` says with whom."""

    title: str
    text: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    together: str = ""

    def check(self) -> None:
        """Raise ``Invalid`` for an end without a beginning, or before it."""
        if self.ends_at is None:
            return
        if self.starts_at is None:
            raise Invalid({"starts_at": [Message("Please say when it begins, too.", {})]})
        if self.ends_at <= self.starts_at:
            raise Invalid({"ends_at": [Message("The end must come after the beginning.", {})]})


def told_before(before: dict[str, Any], story: Story) -> dict[str, Any]:
    """Return what a story says otherwise now, as it stood: instants as texts."""
    now = asdict(story)
    changed = {name: value for name, value in before.items() if value != now[name]}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in changed.items()
    }


def subject_of(activity_id: int) -> str:
    """Return by what an activity is named everywhere."""
    return f"{KIND}:{activity_id}"


def number_of(subject: str, kind: str) -> int | None:
    """Return the id that a subject of this kind names, None for any other.

    >>> number_of("activity:12", "activity"), number_of("news:12", "activity")
    (12, None)
    """
    name, _, number = subject.partition(":")
    return int(number) if name == kind and number.isdecimal() and len(number) <= 9 else None
