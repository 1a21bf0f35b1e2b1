"""What may be done in the directory: entries of people and spaces, and the area of the map."""

from .areas import remove_area, set_area
from .examples import load_directory
from .listing import (
    CONSENT_TEXT,
    KEPT,
    forget_person,
    hear_hidden,
    list_person,
    say_of_space,
    set_place,
    thing,
    unlist_person,
)

__all__ = [
    "CONSENT_TEXT",
    "KEPT",
    "forget_person",
    "hear_hidden",
    "list_person",
    "load_directory",
    "remove_area",
    "say_of_space",
    "set_area",
    "set_place",
    "thing",
    "unlist_person",
]
