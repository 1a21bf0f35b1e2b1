"""What may be done with public pages, circles, and those whom one does not want to see."""

from .gathering import (
    accept,
    change,
    dissolve,
    invite,
    leave,
    let_go,
    make,
    remove,
)
from .keeping_apart import set_tie
from .pages import CONSENT, PAGE, close_page, hide_page, open_page

__all__ = [
    "CONSENT",
    "PAGE",
    "accept",
    "change",
    "close_page",
    "dissolve",
    "hide_page",
    "invite",
    "leave",
    "let_go",
    "make",
    "open_page",
    "remove",
    "set_tie",
]
