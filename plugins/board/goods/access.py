"""Who may do what with public-interest goods."""

from __future__ import annotations

from ....core.answers import Rule

AGREE = "board.tie.agree"
RULES = (Rule(AGREE, roles=frozenset({"owner"})),)
