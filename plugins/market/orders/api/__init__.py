"""Orders for programs: a resident's own, and a shop's desk."""

from .....core.answers import Scope
from .....core.web.api import mark
from . import desk, mine
from .kinds import KINDS

SCOPES = (
    Scope("orders:read", mark("See my orders")),
    Scope("orders:write", mark("Order, change and withdraw for me")),
    Scope("shops:manage", mark("See the orders of my shop and hand them over")),
)

__all__ = ["KINDS", "SCOPES", "desk", "mine"]
