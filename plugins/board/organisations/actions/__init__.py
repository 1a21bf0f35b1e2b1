"""What may be done with an organisation: by those who run it, by stewards, by who is named."""

from .about import describe, unverify, verify
from .badges import WORK
from .books import Booking, book, take_back
from .reports import Brought, withdraw, write
from .team import KEEPINGS, answer, ask, forget, remove
from .telling import tell_published, tell_withdrawn

__all__ = [
    "KEEPINGS",
    "WORK",
    "Booking",
    "Brought",
    "answer",
    "ask",
    "book",
    "describe",
    "forget",
    "remove",
    "take_back",
    "tell_published",
    "tell_withdrawn",
    "unverify",
    "verify",
    "withdraw",
    "write",
]
