"""The pages of the network, of money that goes round, and of the open call."""

from .....core.answers import Rule
from .....core.values import STEWARD
from . import applicants, applications, calls, circulation, network
from .sections import last_month

_STEWARDS = frozenset({STEWARD})
RULES = (
    Rule("locality.network.read", everyone=True),
    Rule("locality.circulation.read", everyone=True),
    Rule("locality.call.read", everyone=True),
    Rule("locality.call.apply", everyone=True),
    Rule("locality.call.write", roles=_STEWARDS),
    Rule("locality.call.review", roles=_STEWARDS),
)

__all__ = [
    "RULES",
    "applicants",
    "applications",
    "calls",
    "circulation",
    "last_month",
    "network",
]
