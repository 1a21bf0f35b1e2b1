"""What may be read of volunteering; names of people only for those who run the organisation."""

from .calls import (
    AnyRow,
    call_page,
    coming,
    dated,
    has_place,
    listed,
    my_slots,
    own_calls,
    people_of,
    slot_page,
    slots_of,
    visible,
)
from .finding import CALLS, FEED
from .hours import (
    certificate_by,
    certificates_of,
    confirmed_minutes,
    corrections_of,
    days_of,
    given,
    hours_of,
    my_hours,
    passing_on,
    portal_consent,
    portal_rows,
    unconfirmed,
)
from .joined import joined
from .personal import personal

__all__ = [
    "CALLS",
    "FEED",
    "AnyRow",
    "call_page",
    "certificate_by",
    "certificates_of",
    "coming",
    "confirmed_minutes",
    "corrections_of",
    "dated",
    "days_of",
    "given",
    "has_place",
    "hours_of",
    "joined",
    "listed",
    "my_hours",
    "my_slots",
    "own_calls",
    "passing_on",
    "people_of",
    "personal",
    "portal_consent",
    "portal_rows",
    "slot_page",
    "slots_of",
    "unconfirmed",
    "visible",
]
