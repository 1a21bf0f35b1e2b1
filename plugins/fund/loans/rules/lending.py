"""Who may lend, and within which limits the law keeps a loan.

The node and its fund never lend: lending as a business needs an entitlement of one's own
(협동조합기본법 제45조 ③, 대부업 등의 등록 및 금융이용자 보호에 관한 법률 제3조), and nobody may
promise the public their money back or more (유사수신행위의 규제에 관한 법률 제2-3조).
"""

from __future__ import annotations

from dataclasses import dataclass

from .....core.errors import Invalid
from .....core.values import Message

CAP_BP = 2_000
"""The most interest in a year, 20 %: 이자제한법 제2조제1항의 최고이자율에 관한 규정, and the decree
of the Act on Registration of Credit Business, article 5; all that a lender takes counts as
interest (article 8 (2) of that act). Re-check before a release."""

LETTER_DAYS = 90
"""Guarantors are told at the latest when somebody is three months late (보증인 보호를 위한 특별법
article 5 (1); a lender may tell them sooner)."""

MOST_GUARANTORS = 3
MOST_WON = 1_000_000_000
MOST_MONTHS = 120
SHOWN_FROM = 3
"""Sums over fewer loans than this are not shown to everyone: they would tell of one person."""

CO_OPERATIVE = "social_coop"
ENTITLEMENTS = {
    CO_OPERATIVE: Message(
        "Social co-operative that lends to its members (Framework Act on Cooperatives art. 94)", {}
    ),
    "credit_union": Message("Credit union (Credit Unions Act art. 39)", {}),
    "registered": Message(
        "Registered credit business (Act on Registration of Credit Business art. 3)", {}
    ),
    "municipal": Message(
        "Fund of the city or district (Framework Act on Local Government Funds, its ordinance)", {}
    ),
}
"""What entitles a lender to lend, with the law."""

DRAFT, APPLIED, REVIEW, APPROVED, AGREED, OUT, REPAID, LOST, REFUSED, WITHDRAWN = STATES = (
    "draft", "applied", "review", "approved", "agreed", "out", "repaid", "lost", "refused",
    "withdrawn",
)  # fmt: skip
"""What is kept of how a loan stands; whether one that is out is in arrears is worked out."""


@dataclass(frozen=True, slots=True)
class Lending:
    """A lender and its terms: rates in basis points a year, ``late_bp`` in all on what is late,
    ``capital`` the paid-in capital of a co-operative, None for others."""

    name: str
    kind: str
    number: str
    contact: str
    most: int
    most_months: int
    rate_bp: int
    late_bp: int
    purposes: str
    letter_days: int = 30
    capital: int | None = None
    space_id: int | None = None

    def check(self) -> None:
        """Raise ``Invalid`` where the law does not allow these terms, at the field."""
        wrong: dict[str, list[Message]] = {}
        for name in ("rate_bp", "late_bp"):
            if getattr(self, name) > CAP_BP:
                wrong[name] = [Message(_CAP, {})]
        if self.late_bp < self.rate_bp and "late_bp" not in wrong:
            wrong["late_bp"] = [Message(_LATE, {})]
        if self.kind == CO_OPERATIVE and self.capital is None:
            wrong["capital"] = [Message(_CAPITAL, {})]
        if self.letter_days > LETTER_DAYS:
            wrong["letter_days"] = [Message(_LETTER, {})]
        if wrong:
            raise Invalid(wrong)


_CAP = Message("The law allows at most 20 % a year, with late interest and all fees.", {}).text
_LATE = Message("This is the whole rate on what is late: not below the other one.", {}).text
_CAPITAL = Message(
    "A social co-operative lends within its paid-in capital. Please enter how much that is.", {}
).text
_LETTER = Message("Guarantors have to hear of it within three months.", {}).text


def guaranteed(agreed: int, owed: int) -> int:
    """Return for how much a guarantor answers: never above what they agreed, nor what is owed."""
    return max(0, min(agreed, owed))
