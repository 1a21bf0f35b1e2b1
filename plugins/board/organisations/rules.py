"""What holds for organisations whoever asks: kinds, numbers, books."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from ....core.answers import NoticeKind
from ....core.errors import Invalid
from ....core.values import Message, months_later

FORMS = {
    "informal": Message("Informal group", {}),
    "npo": Message("Registered non-profit group", {}),
    "association": Message("Incorporated association", {}),
    "foundation": Message("Incorporated foundation", {}),
    "social_coop": Message("Social co-operative", {}),
    "coop": Message("Co-operative", {}),
    "community": Message("Village enterprise", {}),
    "public": Message("Public body", {}),
    "other": Message("Another kind of organisation", {}),
}
"""Kinds of organisation by their code: 임의단체, 비영리민간단체(비영리민간단체 지원법 §4),
사단법인, 재단법인(민법 §32), 사회적협동조합(협동조합기본법 §2), and more."""

VERIFIED_FOR = 12
"""Months after which a steward has to look again."""

LOOK_AGAIN = timedelta(days=30)
"""How long before the badge ends those who run the organisation are told."""

MOST_TEAM = 30
MOST_ENTRY = 1_000_000_000
"""Won of one entry of the books."""

PLAN, REPORT = "plan", "report"
INCOME, EXPENSE = "income", "expense"
BANK, CASH = "bank", "cash"
HOLDERS = (BANK, CASH)
YEARS = range(1990, 2100)
PAST, AHEAD = 10, 3
"""Years before and after this one for which plans and reports are written."""
MOST_PAPER = 5 * 1024 * 1024
"""Bytes of a PDF document."""

_TAX = re.compile(r"(\d{3})-?(\d{2})-?(\d{5})")
_REGISTER = re.compile(r"[0-9A-Za-z가-힣제호 ().·-]{2,40}")
_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)

TEAM = NoticeKind(
    "board.team",
    Message("Being named by an organisation", {}),
    Message("An organisation wants to name you as one of its team.", {}),
    default="now",
    order=60,
)
BADGE = NoticeKind(
    "board.badge",
    Message("The badge of my organisation", {}),
    Message("A steward has to look at your organisation again soon.", {}),
    default="now",
    roles=frozenset({"owner"}),
    order=61,
)
KINDS = (TEAM, BADGE)


def number_form(text: str) -> str:
    """Return a number in a register as it is kept; ``Invalid`` if it is none, or a person's.

    고유번호 and 사업자등록번호 have ten figures, the last of which checks the others (국세청). The
    number in a register of non-profit groups is whatever its authority writes. Resident
    registration numbers (13 figures) are never kept (정보통신망법 §23의2).
    """
    text = " ".join(text.split())
    if not text:
        return ""
    figures = re.sub(r"\D", "", text)
    if len(figures) > 12:
        raise _wrong(
            Message(
                "So many figures look like a person's or a corporation's secret number. Please"
                " write the tax number (10 figures) or the number in the register.",
                {},
            )
        )
    found = _TAX.fullmatch(text.replace(" ", ""))
    if found is not None:
        if not _checks(figures):
            raise _wrong(Message("The last figure does not fit the others. Please look again.", {}))
        return "-".join(found.groups())
    if not _REGISTER.fullmatch(text) or not figures:
        raise _wrong(Message("Please write it as in 123-82-12345 or 제2024-12호.", {}))
    return text


def _wrong(why: Message) -> Invalid:
    return Invalid({"number": [why]})


def _checks(figures: str) -> bool:
    digits = [int(figure) for figure in figures]
    total = sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    total += digits[8] * 5 // 10
    return (10 - total % 10) % 10 == digits[9]


def verified_until(at: datetime) -> datetime:
    """Return until when a look of a steward holds."""
    return months_later(at, VERIFIED_FOR)


def still_verified(
    seen: Mapping[str, str], said: Mapping[str, str], expires_at: datetime, now: datetime
) -> bool:
    """Say whether what was seen holds: it is not too old, and is what is said today."""
    return now < expires_at and all(seen[name] == said[name] for name in ("form", "number"))


def check_day(day: date, today: date) -> None:
    """Raise ``Invalid`` for money of a day to come, or of more than three years ago."""
    if day > today:
        raise Invalid({"day": [Message("This day is still to come.", {})]})
    if day < today - timedelta(days=3 * 366):
        raise Invalid({"day": [Message("Please write a day of the last three years.", {})]})


def legs(kind: str, holder: str, amount: int, space_id: int) -> tuple[tuple[str, int], ...]:
    """Return the two entries of a posting: what holds the money, and whose it is.

    >>> legs("income", "cash", 500, 7)
    (('cash:7', 500), ('organisation:7', -500))
    """
    turned = amount if kind == INCOME else -amount
    return ((holder_code(holder, space_id), turned), (f"organisation:{space_id}", -turned))


def holder_code(holder: str, space_id: int) -> str:
    """Return the account that holds the money: the common bank account, or one's own cash."""
    return BANK if holder == BANK else f"{CASH}:{space_id}"


def at_hand(holder: str, *, owned: int, cash: int) -> int:
    """Return how much an organisation can take out: never money of others.

    On the common bank account lies all that is owed to it and is not in its own cash box.
    """
    return owned - cash if holder == BANK else min(cash, owned)


def months_of(today: date, count: int) -> Sequence[tuple[int, int]]:
    """Return the last months as (year, month), the oldest first, that of ``today`` the last."""
    last = today.year * 12 + today.month - 1
    return [(month // 12, month % 12 + 1) for month in range(last - count + 1, last + 1)]


def subject_of(space_id: int) -> str:
    """Return by what postings name the organisation that they are for."""
    return f"space:{space_id}"
