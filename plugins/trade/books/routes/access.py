"""Who looks after the books between nodes: stewards, since the bank account is the node's."""

from __future__ import annotations

from .....core.answers import Rule
from .....core.values import STEWARD

BOOKS = "trade.books"

RULES = (Rule(BOOKS, roles=frozenset({STEWARD})),)
