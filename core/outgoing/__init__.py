"""The one way out: every request that leaves a node goes through here, and only to public places.

What sends is loaded when something is first sent: a start needs none of it.
"""

from .answer import Answer, Sign
from .client import Outgoing
from .failures import Failed, Reason
from .lookups import Resolver
from .ranges import is_loopback, is_public

__all__ = [
    "Answer",
    "Failed",
    "Outgoing",
    "Reason",
    "Resolver",
    "Sign",
    "is_loopback",
    "is_public",
]
