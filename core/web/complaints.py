"""Complaints: what the schema library says of a field, put into sentences for people."""

from __future__ import annotations

import re
from typing import Any

from ..values import Message

_FILL = "Please fill this in."
_PLAIN = {
    "Missing data for required field.": _FILL,
    "Field may not be null.": _FILL,
    "Not a valid integer.": "Please write a whole number, as in 12.",
    "Not a valid number.": "Please write a number, as in 1.5.",
    "Not a valid boolean.": "Please choose again.",
    "Not a valid string.": "Please write this in words.",
    "Not a valid email address.": "Please write a whole e-mail address, as in name@example.org.",
    "Not a valid date.": "Please write a day, as in 2026-11-23.",
    "Not a valid time.": "Please write a time of day, as in 16:30.",
    "Not a valid datetime.": "Please write a day and a time, as in 2026-11-23 16:30.",
    "Not a valid naive datetime.": "Please write a day and a time, as in 2026-11-23 16:30.",
    "Not a valid URL.": "Please write a whole address, as in https://example.org.",
    "Number too large.": "This number is too large.",
    "Invalid value.": "This cannot be used.",
    "Unknown field.": "This cannot be used.",
}
_COUNTED = (
    (
        r"Shorter than minimum length (?P<least>\d+)\.",
        "Please write at least %(least)s characters.",
    ),
    (r"Longer than maximum length (?P<most>\d+)\.", "Please write at most %(most)s characters."),
    (
        r"Length must be between (?P<least>\d+) and (?P<most>\d+)\.",
        "Please write between %(least)s and %(most)s characters.",
    ),
    (
        r"Must be greater than or equal to (?P<least>\S+) and "
        r"less than or equal to (?P<most>\S+)\.",
        "This must be between %(least)s and %(most)s.",
    ),
    (r"Must be greater than or equal to (?P<least>\S+)\.", "This must be at least %(least)s."),
    (r"Must be less than or equal to (?P<most>\S+)\.", "This must be at most %(most)s."),
    (r"Must be greater than (?P<least>\S+)\.", "This must be more than %(least)s."),
    (r"Must be less than (?P<most>\S+)\.", "This must be less than %(most)s."),
    (r"Must be one of: .*", "Please choose one of these."),
    (r"String does not match expected pattern\.", "This is not written as it should be."),
)


def in_words(complaint: Any) -> Message:
    """Return a message that can be translated; a ``Message`` of our own stays as it is."""
    if isinstance(complaint, Message):
        return complaint
    text = str(complaint)
    for pattern, sentence in _COUNTED:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            return Message(sentence, found.groupdict())
    return Message(_PLAIN.get(text, text), {})
