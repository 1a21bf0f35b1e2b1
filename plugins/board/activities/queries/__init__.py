"""What may be read of activities."""

from .finding import ACTIVITIES, FEED, told_of
from .pages import (
    activity_page,
    changes_of,
    drafts_of,
    listed,
    pictures_of,
    questions_of,
    visible,
    waiting_questions,
)
from .personal import personal

__all__ = [
    "ACTIVITIES",
    "FEED",
    "activity_page",
    "changes_of",
    "drafts_of",
    "listed",
    "personal",
    "pictures_of",
    "questions_of",
    "told_of",
    "visible",
    "waiting_questions",
]
