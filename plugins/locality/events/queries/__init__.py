"""What may be read of events and of who comes."""

from ...lists import read_place
from .comers import (
    comers,
    guest_page,
    mine,
    my_place,
    my_states,
    personal,
    place_in_line,
    questions_of,
)
from .documents import EVENTS, FEED
from .happening import happenings
from .joined import joined
from .listed import (
    AnyRow,
    coming,
    dates_of,
    drafts,
    event_page,
    for_calendars,
    is_public,
    occurrence_page,
)
from .numbers import numbers

__all__ = [
    "EVENTS",
    "FEED",
    "AnyRow",
    "comers",
    "coming",
    "dates_of",
    "drafts",
    "event_page",
    "for_calendars",
    "guest_page",
    "happenings",
    "is_public",
    "joined",
    "mine",
    "my_place",
    "my_states",
    "numbers",
    "occurrence_page",
    "personal",
    "place_in_line",
    "questions_of",
    "read_place",
]
