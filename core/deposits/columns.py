"""What Korean banks call the columns of their lists of movements."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import Refused

_NAMES = {
    "day": "거래일시 거래일자 거래일 거래날짜 거래년월일 일시 일자 날짜 date",
    "hour": "거래시간 거래시각 시간 시각 time",
    "paid_in": "입금액 입금 입금금액 입금액원 맡기신금액 맡기신금액원 받으신금액 deposit",
    "paid_out": "출금액 출금 출금금액 지급 지급금액 지급액 찾으신금액 보내신금액 withdrawal",
    "amount": "거래금액 금액 amount",
    "kind": "구분 거래구분 거래유형 입출금구분 입출구분",
    "balance": "잔액 거래후잔액 거래후잔고 잔고 balance",
}
_TEXTS = (
    "기재내용 입금자 입금자명 입금인 보낸분 보낸사람 보낸분받는분 의뢰인 의뢰인수취인"
    " 의뢰인성명 거래기록사항 통장표시내용 받는분통장표시 통장메모 상대계좌예금주명 depositor",
    "내용 거래내용 내역 거래내역 description",
    "적요 송금메모 이체메모 메모 비고 memo",
)
"""Columns that say who paid, most telling first; several of them may be there."""

_FIELDS = {word: name for name, words in _NAMES.items() for word in words.split()}
_RANKS = {word: rank for rank, words in enumerate(_TEXTS) for word in words.split()}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; ``texts`` say who paid, the most telling first."""

    day: str
    paid_in: str = ""
    paid_out: str = ""
    amount: str = ""
    kind: str = ""
    hour: str = ""
    balance: str = ""
    texts: tuple[str, ...] = field(default=())


def is_heading(text: str) -> bool:
    """Tell whether a cell is the name of a column in a bank's list."""
    bare = _bare(text)
    return bare in _FIELDS or bare in _RANKS


def find_columns(names: Iterable[str]) -> Columns:
    """Find the columns; Refused if there is no day, no sum that came in, or nobody who paid."""
    found: dict[str, str] = {}
    texts = []
    for name in names:
        bare = _bare(name)
        if bare in _FIELDS:
            found.setdefault(_FIELDS[bare], name)
        elif bare in _RANKS:
            texts.append((_RANKS[bare], name))
    if "day" not in found or not {"paid_in", "amount"} & found.keys() or not texts:
        raise Refused(
            "This is no list of deposits that we can read. It needs columns for the day, the sum"
            " that came in, and who paid: %(names)s.",
            names="거래일시, 입금액, 기재내용",
        )
    ordered = sorted(range(len(texts)), key=lambda place: texts[place][0])
    return Columns(**found, texts=tuple(texts[place][1] for place in ordered))


def _bare(column: str) -> str:
    """Return a heading without what stands in brackets and without separators: 입금(원) is 입금."""
    text = unicodedata.normalize("NFKC", column).casefold().partition("(")[0]
    return "".join(filter(str.isalnum, text))
