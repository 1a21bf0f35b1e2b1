"""The steward's pages on deposits."""

from .....core.answers import Rule
from .....core.values import STEWARD
from . import deciding, transfers
from .sections import on_my_page

RULES = (Rule("market.transfers", roles=frozenset({STEWARD})),)

__all__ = ["RULES", "deciding", "on_my_page", "transfers"]
