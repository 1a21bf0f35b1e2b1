"""What holds for events whoever asks: no session, no request, no clock."""

from .kinds import FOLLOWED, KIND, MINE, SEEN_FOR, State, path_of, subject_of
from .letting_in import Party, free_seats, let_in, promoted, seats_left
from .plans import (
    MOST_AHEAD,
    MOST_ANSWER,
    MOST_PEOPLE,
    MOST_PLACES,
    MOST_QUESTIONS,
    MOST_TEXT,
    Draft,
    Span,
    checked,
)
from .recurring import EVERY, MOST_DATES, Every, days_of, spans_of
from .times import evening_before, month_after, month_of, until_when, weeks_of

__all__ = [
    "EVERY",
    "FOLLOWED",
    "KIND",
    "MINE",
    "MOST_AHEAD",
    "MOST_ANSWER",
    "MOST_DATES",
    "MOST_PEOPLE",
    "MOST_PLACES",
    "MOST_QUESTIONS",
    "MOST_TEXT",
    "SEEN_FOR",
    "Draft",
    "Every",
    "Party",
    "Span",
    "State",
    "checked",
    "days_of",
    "evening_before",
    "free_seats",
    "let_in",
    "month_after",
    "month_of",
    "path_of",
    "promoted",
    "seats_left",
    "spans_of",
    "subject_of",
    "until_when",
    "weeks_of",
]
