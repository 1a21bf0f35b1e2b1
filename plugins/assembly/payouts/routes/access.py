"""Who may pay out: stewards, since the bank account is the node's."""

from __future__ import annotations

from .....core.answers import Rule
from .....core.banks import bank_in
from .....core.values import STEWARD
from .....core.web import this_tongue

PAY = "assembly.payout"


def bank_name(bank: str) -> str:
    """Return a bank's name in the language of whoever asks."""
    return bank_in(this_tongue().language, bank)


RULES = (Rule(PAY, roles=frozenset({STEWARD})),)
