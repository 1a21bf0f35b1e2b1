"""Who may look at settled lines with the names of those who paid, and correct them."""

from __future__ import annotations

from .....core.answers import Rule
from ...cycles.rules import ACTIVIST

CORRECT = "assembly.correct"

RULES = (Rule(CORRECT, roles=frozenset({ACTIVIST})),)
