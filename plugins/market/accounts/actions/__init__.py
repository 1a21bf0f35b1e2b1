"""What may be done with residents' accounts and with containers."""

from .containers import (
    CONTAINERS,
    add_container,
    bring_back,
    change_container,
    retire_container,
    take_along,
)
from .held import hold_account
from .leaving import check_leaving
from .payouts import ask_payout, cancel_payout, pay_out

__all__ = [
    "CONTAINERS",
    "add_container",
    "ask_payout",
    "bring_back",
    "cancel_payout",
    "change_container",
    "check_leaving",
    "hold_account",
    "pay_out",
    "retire_container",
    "take_along",
]
