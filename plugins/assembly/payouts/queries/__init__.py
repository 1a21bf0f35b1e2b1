"""What may be read of payouts: what is owed, what was paid, and the cash in hand."""

from .owed import CashInHand, cash_in_hand, owed, owed_to, payee_of, spaces
from .runs import PayoutPage, paid_to, payout_page, payouts

__all__ = [
    "CashInHand",
    "PayoutPage",
    "cash_in_hand",
    "owed",
    "owed_to",
    "paid_to",
    "payee_of",
    "payout_page",
    "payouts",
    "spaces",
]
