"""The documents, pages and buttons of trust, one module a subject."""

from ....core.answers import Rule
from . import call, discovery, documents, joining, policy

RULES = (
    Rule("federation.read", everyone=True),
    Rule("federation.see", everyone=True),
)

__all__ = ["RULES", "call", "discovery", "documents", "joining", "policy"]
