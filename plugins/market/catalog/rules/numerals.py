"""Numbers as people write them: 1,200, 1만2천, 천이백, 한, 열두."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|0")

_SINO = "일이삼사오육칠팔구"
_FACTOR = rf"([0-9][0-9,]*|[{_SINO}])"
_SECTION = re.compile(rf"(?:{_FACTOR}?(천))?(?:{_FACTOR}?(백))?(?:{_FACTOR}?(십))?{_FACTOR}?")

_ONES = ("한 하나", "두 둘", "세 셋 서 석", "네 넷 너 넉", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = {10: "열", 20: "스물", 30: "서른", 40: "마흔", 50: "쉰"}

NATIVE = {word: one for one, words in enumerate(_ONES, 1) for word in words.split()}
"""Native Korean numerals up to 59, as they stand before a counter."""
NATIVE |= {
    tens + word: ten + one for ten, tens in _TENS.items() for word, one in NATIVE.items()
} | {tens: ten for ten, tens in _TENS.items()}
NATIVE["스무"] = 20


def whole(text: str) -> int | None:
    """Return the number of plain digits, or of digits in groups of three; else None."""
    return int(text.replace(",", "")) if _WHOLE.fullmatch(text) else None


def counted(text: str) -> int | None:
    """Return the number before a counter: digits, native Korean or Sino-Korean; else None."""
    return NATIVE.get(text) or sino(text)


def sino(text: str) -> int | None:
    """Return a number of digits with 억, 만, 천, 백, 십 or of Sino-Korean numerals; else None.

    Each part must be smaller than the unit before it, so that no text has two readings.
    """
    total, ceiling = 0, 10**15
    for mark, size in (("억", 10**8), ("만", 10**4)):
        before, found, after = text.partition(mark)
        if not found:
            continue
        factor = _section(before, ceiling) if before else 1
        if not factor or factor * size >= ceiling:
            return None
        total, ceiling, text = total + factor * size, size, after
    if total and not text:
        return total
    rest = _section(text, ceiling)
    return None if rest is None or (total and not rest) else total + rest


def _section(text: str, ceiling: int) -> int | None:
    found = _SECTION.fullmatch(text)
    if found is None or not text:
        return None
    parts = (*found.groups(), "일")
    total = 0
    for factor, mark, unit in zip(parts[::2], parts[1::2], (1000, 100, 10, 1), strict=True):
        if mark is None or (unit == 1 and factor is None):
            continue
        number = _factor(factor)
        if number is None or number * unit >= ceiling:
            return None
        if not number and (total or unit > 1):
            return None
        total, ceiling = total + number * unit, unit if unit > 1 else ceiling
    return total


def _factor(text: str | None) -> int | None:
    if text is None:
        return 1
    return _SINO.index(text) + 1 if text in _SINO else whole(text)
