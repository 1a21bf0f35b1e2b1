"""What loans are called on the pages, and the kinds of notices that they tell."""

from __future__ import annotations

from .....core.answers import NoticeKind
from .....core.values import Message
from .lending import (
    AGREED,
    APPLIED,
    APPROVED,
    DRAFT,
    LOST,
    OUT,
    REFUSED,
    REPAID,
    REVIEW,
    WITHDRAWN,
)
from .schedule import ANNUITY, AT_END, EQUAL

WAY_WORDS = {
    EQUAL: Message("The same principal each month", {}),
    ANNUITY: Message("The same amount each month", {}),
    AT_END: Message("Interest each month, the loan at the end", {}),
}

SHOWN_STATES = {
    DRAFT: ("neutral", Message("Draft of an application", {})),
    APPLIED: ("wait", Message("Waiting for guarantors", {})),
    REVIEW: ("wait", Message("Being looked at", {})),
    APPROVED: ("accent", Message("Approved: waiting for the borrower's word", {})),
    AGREED: ("wait", Message("Contract confirmed, to be paid out", {})),
    OUT: ("good", Message("Being repaid", {})),
    "late": ("problem", Message("In arrears", {})),
    REPAID: ("good", Message("Repaid", {})),
    LOST: ("neutral", Message("Written off", {})),
    REFUSED: ("neutral", Message("Not approved", {})),
    WITHDRAWN: ("neutral", Message("Application withdrawn", {})),
}
"""The kind of badge and the words for each state; "late" is one that is out and in arrears."""

RULE_OF_PARTS = Message(
    "A payment pays late interest first, then interest, then the loan itself (Civil Act article"
    " 479). Late interest is taken only on the part of the loan that is late, day by day.",
    {},
)

LOAN = NoticeKind(
    "fund.loan",
    Message("My loans and guarantees", {}),
    Message(
        "Something is due, or there is an answer about a loan of yours or one you guarantee.", {}
    ),
    default="now",
    order=74,
)
LOAN_DESK = NoticeKind(
    "fund.loan_desk",
    Message("Loans to be looked at", {}),
    Message("Somebody has applied for a loan or confirmed a contract.", {}),
    default="now",
    roles=frozenset({"treasurer"}),
    order=75,
)
KINDS = (LOAN, LOAN_DESK)
