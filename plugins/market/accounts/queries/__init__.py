"""What can be read of residents' accounts: balances, containers, what was asked to be paid out."""

from .balances import Outstanding, account_of, accounts_of, outstanding, owing
from .containers import (
    Held,
    all_containers,
    containers,
    containers_out,
    deposits_held,
    held_by,
    held_by_each,
    people_with_containers,
    person_with_containers,
)
from .payouts import hub_named, hubs_that_pay, open_payout, payout, payouts
from .personal import personal
from .refunds import reasons_of, tenders_of

__all__ = [
    "Held",
    "Outstanding",
    "account_of",
    "accounts_of",
    "all_containers",
    "containers",
    "containers_out",
    "deposits_held",
    "held_by",
    "held_by_each",
    "hub_named",
    "hubs_that_pay",
    "open_payout",
    "outstanding",
    "owing",
    "payout",
    "payouts",
    "people_with_containers",
    "person_with_containers",
    "personal",
    "reasons_of",
    "tenders_of",
]
