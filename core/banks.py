"""Bank accounts, and the file that tells a bank whom to pay how much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .errors import Refused
from .language import Tongue
from .tables import Column, Table

_NUMBER = re.compile("[0-9][0-9-]{4,28}[0-9]")
_ON_STATEMENT = 7
"""Signs of Hangul that a bank's statement shows of a transfer."""

BANKS: Mapping[str, str] = {
    "농협은행": "NongHyup Bank",
    "지역농축협": "Local NongHyup co-operative",
    "국민은행": "KB Kookmin Bank",
    "신한은행": "Shinhan Bank",
    "우리은행": "Woori Bank",
    "하나은행": "Hana Bank",
    "기업은행": "Industrial Bank of Korea",
    "새마을금고": "Saemaul Geumgo",
    "신협": "Shinhyup credit union",
    "우체국": "Korea Post",
    "수협은행": "Suhyup Bank",
    "산림조합": "Forestry co-operative",
    "카카오뱅크": "KakaoBank",
    "케이뱅크": "K bank",
    "토스뱅크": "Toss Bank",
    "SC제일은행": "SC First Bank",
    "한국씨티은행": "Citibank Korea",
    "산업은행": "Korea Development Bank",
    "iM뱅크": "iM Bank",
    "부산은행": "Busan Bank",
    "경남은행": "Kyongnam Bank",
    "광주은행": "Kwangju Bank",
    "전북은행": "Jeonbuk Bank",
    "제주은행": "Jeju Bank",
    "저축은행": "Savings bank",
}
"""The banks as bulk transfers name them, each with what it calls itself in English."""


def bank_in(language: str, bank: str) -> str:
    """Return a bank's name for readers of this language; an unknown one stays as it was typed."""
    return bank if language == "ko" else BANKS.get(bank, bank)


def account_number(text: str) -> str:
    """Return a bank account's number as typed, without blanks; Refused if it is none."""
    number = re.sub(r"\s", "", text)
    if not _NUMBER.fullmatch(number):
        raise Refused("An account number has 6 to 30 figures, with hyphens between them or none.")
    return number


def masked(number: str) -> str:
    """Return a number of which only the last four figures can be read."""
    figures = re.sub(r"\D", "", number)
    return f"····{figures[-4:]}"


def on_statement(name: str) -> str:
    """Return as much of a name as a bank's statement shows."""
    return " ".join(name.split())[:_ON_STATEMENT].strip()


@dataclass(frozen=True, slots=True)
class Transfer:
    """One row of the file: so many won to this account, and what our own statement says of it."""

    bank: str
    number: str
    holder: str
    amount: int
    ours: str


def transfers(tongue: Tongue, name: str, *, sender: str, rows: Iterable[Transfer]) -> Table:
    """Return the rows in the order that Korean banks read: bank, account, holder, amount, what
    the receiver's statement says (``sender``), what ours says.

    ``tongue`` is the Korean one whoever asks: a bank reads the headings. ``name`` is that of the
    file. A cell that a spreadsheet would reckon with is written as text by the tables themselves.
    """
    columns = (
        Column(tongue.pgettext("transfer", "Bank")),
        Column(tongue.pgettext("transfer", "Account number")),
        Column(tongue.pgettext("transfer", "Account holder")),
        Column(tongue.pgettext("transfer", "Amount"), "whole"),
        Column(tongue.pgettext("transfer", "On the receiver's statement")),
        Column(tongue.pgettext("transfer", "On our statement")),
    )
    theirs = on_statement(sender)
    return Table(
        name, columns,
        [(row.bank, row.number, row.holder, row.amount, theirs, on_statement(row.ours))
         for row in rows],
    )  # fmt: skip
