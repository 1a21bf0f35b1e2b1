"""The states of a claim, and who may bring it from one to the next: no session, no clock."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from ....core.answers import NoticeKind
from ....core.banks import account_number
from ....core.errors import Forbidden, Invalid, Refused
from ....core.values import Message
from ..access import TREASURER

HANDED_IN, ASKED, CHECKED, APPROVED, IN_RUN, PAID, REFUSED, WITHDRAWN, REVERSED = (
    "handed_in", "asked", "checked", "approved", "in_run", "paid", "refused", "withdrawn",
    "reversed",
)  # fmt: skip
STATES = {
    HANDED_IN: Message("Handed in", {}),
    ASKED: Message("A question waits for you", {}),
    CHECKED: Message("Checked by a first person", {}),
    APPROVED: Message("Approved", {}),
    IN_RUN: Message("On its way to the bank", {}),
    PAID: Message("Paid back", {}),
    REFUSED: Message("Refused", {}),
    WITHDRAWN: Message("Withdrawn", {}),
    REVERSED: Message("Paid, and taken back", {}),
}
OPEN = (HANDED_IN, ASKED, CHECKED)
"""Nothing is promised yet."""

PROMISED = (APPROVED, IN_RUN)
TOLD = (PAID, REVERSED)
"""What everyone reads about."""

MOVES = {
    "check": (HANDED_IN,),
    "approve": (CHECKED,),
    "ask": (HANDED_IN, CHECKED),
    "refuse": (HANDED_IN, ASKED, CHECKED, APPROVED),
    "withdraw": (HANDED_IN, ASKED, CHECKED, APPROVED),
    "change": (ASKED,),
    "take_out": (IN_RUN,),
    "pay": (IN_RUN,),
    "reverse": (PAID,),
}
"""From which states each step leads on."""

FEWEST, MOST_RECEIPTS = 1, 5
MOST = 1_000_000_000
PURPOSE = "wizzle fund claims"
"""Under which bank accounts are sealed."""

SWEEP = "fund.receipt_sweep"
CLAIM = NoticeKind(
    "fund.claim",
    Message("My expense claims", {}),
    Message("There is a question about your claim, or it is approved, paid or refused.", {}),
    default="now",
    order=73,
)
DESK = NoticeKind(
    "fund.claim_desk",
    Message("Expense claims that wait", {}),
    Message("A claim waits for a first or a second person to look at it.", {}),
    default="now",
    roles=frozenset({TREASURER, "steward"}),
    order=74,
)
KINDS = (CLAIM, DESK)


@dataclass(frozen=True, slots=True)
class Account:
    """The bank account that a claim is paid to."""

    bank: str
    number: str
    holder: str

    def packed(self) -> bytes:
        """Return it as it is sealed."""
        return json.dumps([self.bank, self.number, self.holder], ensure_ascii=False).encode()


def account(bank: str, number: str, holder: str) -> Account:
    """Return a bank account as typed; ``Invalid`` says what is wrong with it."""
    try:
        figures = account_number(number)
    except Refused as error:
        raise Invalid({"number": [error.message]}) from error
    return Account(bank, figures, " ".join(holder.split())[:60])


def unpacked(data: bytes) -> Account:
    """Return what ``packed`` made."""
    return Account(*json.loads(data))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a claimant wants back: of which earmark, what for, how much, bought when and where."""

    earmark_id: int
    purpose: str
    amount: int
    bought_on: date
    seller: str

    def check(self, today: date) -> None:
        """Raise ``Invalid`` for a day that has not come."""
        if self.bought_on > today:
            raise Invalid({"bought_on": [Message("Please claim it once you have bought it.", {})]})


def refuse_move(state: str, move: str) -> None:
    """Refuse a step that does not lead on from this state."""
    if state not in MOVES[move]:
        raise Refused("This claim has gone on meanwhile. Please look again.")


def refuse_own(actor_id: int, claimant_id: int | None) -> None:
    """Nobody decides about their own claim."""
    if actor_id == claimant_id:
        raise Forbidden("This is your own claim. Two other people have to look at it.")


def refuse_same(actor_id: int, checked_by: int | None) -> None:
    """Two different people look at each claim."""
    if actor_id == checked_by:
        raise Forbidden(
            "You were the first person to look at this claim. The second has to be somebody else."
        )


def receipts_fit(count: int) -> None:
    """Refuse a claim without a receipt, or with too many."""
    if not FEWEST <= count <= MOST_RECEIPTS:
        raise Invalid(
            {"receipts": [Message("Please add one to five photographs of the receipt.", {})]}
        )


def run_number(year: int, earlier: int) -> str:
    """Return the number of a run of this year after so many ``earlier`` ones."""
    return f"E{year}-{earlier + 1:03}"


def subject_of(claim_id: int) -> str:
    """Return what a claim is called in the ledger and in notices."""
    return f"claim:{claim_id}"


def path_of(claim_id: int) -> str:
    """Return where a claim's page stands."""
    return f"/fund/claims/{claim_id}"
