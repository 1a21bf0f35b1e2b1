"""Web push (RFC 8030), pure: what is sent to a browser's push service, sealed for that browser.

Nothing here sends anything. What leaves is made by ``request``; whoever sends it reads the answer.
"""

from .answers import GONE, is_gone, retry_after
from .encryption import NoBrowser, check_keys, encrypt
from .messages import Receiver, Request, request
from .vapid import Vapid, new_private

__all__ = [
    "GONE",
    "NoBrowser",
    "Receiver",
    "Request",
    "Vapid",
    "check_keys",
    "encrypt",
    "is_gone",
    "new_private",
    "request",
    "retry_after",
]
