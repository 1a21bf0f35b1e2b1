"""What members are told about, and the words of states."""

from __future__ import annotations

from .....core.answers import NoticeKind
from .....core.values import Message
from ...access import TREASURER

APPLIED, REFUSED, WITHDRAWN, MEMBER, LEFT, ENDED = (
    "applied", "refused", "withdrawn", "member", "left", "ended",
)  # fmt: skip
LIVE = (APPLIED, MEMBER)
WAS = (MEMBER, LEFT, ENDED)
"""States of those who are or were members."""

WANTED, PAID, DROPPED = "wanted", "paid", "dropped"
BANK, CASH, MISTAKE, BACK, LOSS = "bank", "cash", "mistake", "back", "loss"
WAITING, BOOKED = ("ambiguous", "unmatched"), ("matched", "given")

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
MOST_WON = 100_000_000
MOST_SHARES = 10_000
LATE_MONTHS = 24
"""How long before today somebody's dues may begin who is entered later."""

STATES = {
    APPLIED: Message("Waits for the treasurer", {}),
    REFUSED: Message("Not accepted", {}),
    WITHDRAWN: Message("Application taken back", {}),
    MEMBER: Message("Member", {}),
    LEFT: Message("Has left", {}),
    ENDED: Message("Ended by the treasurer", {}),
}
WAYS = {
    BANK: Message("By transfer", {}),
    CASH: Message("In cash", {}),
    MISTAKE: Message("A mistake taken back", {}),
    BACK: Message("Paid back", {}),
    LOSS: Message("Lost with the fund's losses", {}),
}
OUTCOMES = {
    "seen": Message("Seen before", {}),
    "not_a_deposit": Message("Not a deposit", {}),
    "refused": Message("Not readable", {}),
    "matched": Message("Matched", {}),
    "ambiguous": Message("Several fit", {}),
    "unmatched": Message("Nothing fits", {}),
    "given": Message("Given by hand", {}),
    "left": Message("Left aside", {}),
}

REMIND = NoticeKind(
    "fund.due",
    Message("My dues", {}),
    Message("Shortly before they are due, and when they are late.", {}),
    default="now",
    order=70,
)
MINE = NoticeKind(
    "fund.membership",
    Message("My membership of the fund", {}),
    Message("You were accepted, your money has arrived, or you were let off.", {}),
    default="now",
    order=71,
)
DESK = NoticeKind(
    "fund.members",
    Message("Members of the fund", {}),
    Message("Somebody wants to join, asks to be let off, or leaves with capital.", {}),
    default="daily",
    roles=frozenset({TREASURER}),
    order=72,
)
KINDS = (REMIND, MINE, DESK)
