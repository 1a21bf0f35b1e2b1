"""Who may pay out: stewards, since the bank account is the node's."""

from __future__ import annotations

from .....core.answers import Rule
from .....core.values import STEWARD

PAY = "assembly.payout"

RULES = (Rule(PAY, roles=frozenset({STEWARD})),)
