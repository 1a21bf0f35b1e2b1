"""The pages of the network, of money that goes round, and of the open call."""

from .....core.answers import MenuItem, Rule
from .....core.values import STEWARD
from . import applications, calls, circulation, network
from .sections import home_sections

_STEWARDS = frozenset({STEWARD})
RULES = (
    Rule("locality.network.read", everyone=True),
    Rule("locality.circulation.read", everyone=True),
    Rule("locality.call.read", everyone=True),
    Rule("locality.call.apply", everyone=True),
    Rule("locality.call.write", roles=_STEWARDS),
    Rule("locality.call.review", roles=_STEWARDS),
)
MENU = (MenuItem("Network", "locality.network", icon="globe", order=62),)

__all__ = ["MENU", "RULES", "applications", "calls", "circulation", "home_sections", "network"]
