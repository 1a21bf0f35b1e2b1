"""The double-entry ledger: what may be posted, what stands in it, and the proof that it holds.

Amounts are whole won, debit positive and credit negative, so that every posting and the whole
ledger sum to zero. ``balance`` turns the sign for accounts that are owed (a producer, the fund).
"""

from .drafts import Draft, LedgerError, account
from .posting import hold, post, reverse, stands
from .proof import Verification, seal, verify
from .reading import Line, balance, balances, balances_of, lines

__all__ = [
    "Draft",
    "LedgerError",
    "Line",
    "Verification",
    "account",
    "balance",
    "balances",
    "balances_of",
    "hold",
    "lines",
    "post",
    "reverse",
    "seal",
    "stands",
    "verify",
]
