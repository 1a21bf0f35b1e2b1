"""What may be done with payouts: pay out, take back what the bank returned, bring cash, name
payees."""

from .cash import bring_cash
from .payees import forget_payee, name_payee
from .paying import give_back, pay_out

__all__ = ["bring_cash", "forget_payee", "give_back", "name_payee", "pay_out"]
