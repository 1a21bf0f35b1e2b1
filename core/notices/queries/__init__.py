"""What can be read of notices."""

from .browsers import browsers
from .choices import choices, times_of
from .kinds import concerns, kind_of, kinds_of
from .listed import Row, listed, one, unread, unread_of
from .personal import personal_data
from .readers import Reader, agrees, readers

__all__ = [
    "Reader",
    "Row",
    "agrees",
    "browsers",
    "choices",
    "concerns",
    "kind_of",
    "kinds_of",
    "listed",
    "one",
    "personal_data",
    "readers",
    "times_of",
    "unread",
    "unread_of",
]
