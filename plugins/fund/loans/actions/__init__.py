"""What may be done with lenders and loans. The node and its fund lend nothing: what a lender who is
entitled to has lent is written down here."""

from .applying import (
    Wish,
    add_guarantor,
    agree,
    draft,
    drop_guarantor,
    hand_in,
    withdraw,
)
from .changing import MOST_GRACE, approve_write_off, ask_write_off, defer
from .deciding import Terms, approve, pay_out, refuse
from .examples import load_example
from .forgetting import KEEPINGS, TO_LENDER, forget_person
from .guaranteeing import guarantee, saw_paper
from .held import today
from .lenders import add_lender, change_lender, close_lender, verify_lender, waiting
from .repaying import Money, pay, pay_early, take_back
from .watching import WORK

__all__ = [
    "KEEPINGS",
    "MOST_GRACE",
    "TO_LENDER",
    "WORK",
    "Money",
    "Terms",
    "Wish",
    "add_guarantor",
    "add_lender",
    "agree",
    "approve",
    "approve_write_off",
    "ask_write_off",
    "change_lender",
    "close_lender",
    "defer",
    "draft",
    "drop_guarantor",
    "forget_person",
    "guarantee",
    "hand_in",
    "load_example",
    "pay",
    "pay_early",
    "pay_out",
    "refuse",
    "saw_paper",
    "take_back",
    "today",
    "verify_lender",
    "waiting",
    "withdraw",
]
