"""Who may do what with donations."""

from __future__ import annotations

from ....core.answers import Rule
from ....core.values import STEWARD

GIVE, BOOKS, MINE = "board.gift.give", "board.gift.books", "board.gift.mine"
RULES = (
    Rule(GIVE, everyone=True),
    Rule(BOOKS, roles=frozenset({"owner", "activist", STEWARD})),
    Rule(MINE, members=True),
)
