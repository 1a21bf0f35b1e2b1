"""What may be done with memberships: by members, and by those who keep the fund."""

from .deposits import give, leave_aside, take_back_deposit, take_file
from .excusing import decline, plead, waive
from .forgetting import KEEPINGS, forget_person
from .joining import accept, apply, end, leave, refuse, withdraw
from .kinds import Choice, KindSaid, change_kind, choose, make_kind
from .owing import JOB, ask_daily, daily, make_all_dues
from .paying import Came, dues_came, give_back_credit, shares_came, take_back
from .shares import certify, drop, pay_back, want

WORK = {JOB: daily}
"""The timed work of dues by its kind."""

__all__ = [
    "JOB",
    "KEEPINGS",
    "WORK",
    "Came",
    "Choice",
    "KindSaid",
    "accept",
    "apply",
    "ask_daily",
    "certify",
    "change_kind",
    "choose",
    "daily",
    "decline",
    "drop",
    "dues_came",
    "end",
    "forget_person",
    "give",
    "give_back_credit",
    "leave",
    "leave_aside",
    "make_all_dues",
    "make_kind",
    "pay_back",
    "plead",
    "refuse",
    "shares_came",
    "take_back",
    "take_back_deposit",
    "take_file",
    "waive",
    "want",
    "withdraw",
]
