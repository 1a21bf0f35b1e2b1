"""Units as people write them (1.5kg, 한 단, 봉 500g, 30구), read exactly or refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache

from .....core.errors import Refused
from .kinds import UNIT_KINDS, Unit
from .numerals import NATIVE, counted
from .text import plain, quoted

_MAX_COUNT = 10_000
_MAX_SIZE = 10**8
_LONGEST = 40

_MEASURES: dict[str, tuple[str, Fraction]] = {
    word: (measure, Fraction(size))
    for measure, size, words in (
        ("g", "0.001", "mg 밀리그램"),
        ("g", "1", "g gr 그램 그람"),
        ("g", "1000", "kg 킬로그램 킬로그람 킬로 키로"),
        ("g", "1000000", "t 톤"),
        ("ml", "1", "ml cc 밀리리터 미리 시시"),
        ("ml", "100", "dl 데시리터"),
        ("ml", "1000", "l 리터"),
    )
    for word in words.split()
}
_SIGNS = str.maketrans(
    {"㎎": "mg", "㎏": "kg", "㎖": "ml", "㎗": "dl", "ℓ": "l", "㏄": "cc", "×": "x", "*": "x"}
)

_WORDS = {
    "piece": "개 구 알 입 ea 낱개",
    "bunch": "단",
    "bag": "봉 봉지",
    "box": "박스 상자 box",
    "head": "포기",
    "net": "망",
    "bottle": "병",
    "pack": "팩",
    "set": "세트 셋트",
    "tray": "판",
    "block": "모",
    "animal": "마리",
    "bundle": "묶음 다발",
    "parcel": "꾸러미",
    "pouch": "포",
    "sack": "포대 자루",
    "tub": "통",
    "can": "캔",
    "cup": "컵",
    "pot": "화분 포트",
    "roll": "줄",
    "cluster": "송이",
    "root": "뿌리",
    "tree": "그루",
    "sheet": "장 매",
    "slice": "조각",
    "serving": "인분",
    "pair": "켤레",
    "copy": "권",
    "person": "명 인",
    "hour": "시간",
    "jeop": "접",
    "tot": "톳",
    "dureum": "두름",
    "son": "손",
}
_KINDS = {
    word: code
    for code, words in _WORDS.items()
    for word in (*words.split(), UNIT_KINDS[code].label, UNIT_KINDS[code].plural)
}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_DIGITS = r"[0-9][0-9,]*(?:\.[0-9]{1,6})?"
_NUMBER = rf"{_DIGITS}|{_any(NATIVE)}|[일이삼사오육칠팔구십백]+"
_HALF = r"반|1/2|½|0\.5|half an?"
_AMOUNT = rf"(?P<amount>{_HALF}|{_NUMBER})? ?(?P<measure>{_any(_MEASURES)})"
_PARTS = rf"(?P<parts>{_NUMBER}) ?(?P<part>{_any(_KINDS)})(?: ?(?:입|들이|들입))?"
_CONTENT = rf"(?:{_AMOUNT}|{_PARTS})"
_CONTAINER = rf"(?P<count>{_HALF}|{_NUMBER})? ?(?P<kind>{_any(_KINDS)})"
_TIMES = r"(?: ?(?P<times>x) ?)"

_FORMS = (
    _AMOUNT,
    _CONTAINER,
    rf"(?P<count>{_NUMBER}) ?(?P<kind>개|구|알|ea) ?(?:입|들이|들입)",
    rf"{_CONTAINER}(?:{_TIMES}| ?/ ?| )?{_CONTENT}",
    rf"{_CONTAINER} ?\( ?{_CONTENT} ?\)",
    rf"{_CONTENT}(?:{_TIMES}| ?/ ?| )?{_CONTAINER}",
    rf"{_CONTENT} ?\( ?{_CONTAINER} ?\)",
)
_CUSTOMARY = re.compile(rf"(?:(?:반|{_NUMBER}) ?)?(?P<word>근|되|말|관|홉|섬|가마|가마니|냥|돈)")
# 십구 is nineteen as well as ten eggs.
_SINO_EGGS = re.compile("[일이삼사오육칠팔구십백]+구")
_ABOUT = re.compile(r"약 ?[0-9]|대략|내외|정도|안팎|이상|이하|±|~|about |approx")


_Parts = Mapping[str, str | None]


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Return the patterns; large ones, which a node that only serves pages never needs."""
    return tuple(map(re.compile, _FORMS))


def parse_unit(text: str) -> Unit:
    """Read a unit; refuse an unknown, an approximate and an ambiguous one with the reason."""
    shown = plain(text.translate(_SIGNS)).casefold()
    if not shown:
        raise Refused("The unit is missing.")
    if _ABOUT.search(shown):
        raise Refused("A unit needs an exact amount: %(text)s.", text=quoted(text))
    if customary := _CUSTOMARY.fullmatch(shown):
        raise Refused(
            "%(word)s is a different weight for different goods. Write the unit in g, kg, ml or L.",
            word=customary["word"],
        )
    readings = [form.fullmatch(shown) for form in _forms()] if len(shown) <= _LONGEST else []
    found = [reading.groupdict() for reading in readings if reading]
    if not found or _SINO_EGGS.fullmatch(shown):
        raise _unreadable(text)
    clear = next((parts for parts in found if not _is_unclear(parts)), None)
    if clear is None:
        raise Refused(
            "%(text)s: is that the amount in each, or altogether? Write it like 500g x 2.",
            text=quoted(text),
        )
    return _unit(clear, text)


def _is_unclear(parts: _Parts) -> bool:
    """Tell whether an amount stands beside several containers, or a half, without saying how."""
    count = parts.get("count")
    if not parts.get("kind") or not (parts.get("measure") or parts.get("part")):
        return False
    if parts.get("times"):
        return bool(parts.get("part"))
    return count is not None and counted(count) != 1


def _unit(parts: _Parts, text: str) -> Unit:
    size, measure = _content(parts, text)
    word = parts.get("kind")
    if word is None:
        return Unit("mass" if measure == "g" else "volume", size=size, measure=measure)
    written = parts.get("count") or "1"
    half = re.fullmatch(_HALF, written) is not None
    count = 1 if half else _counted(written, text)
    return Unit(_KINDS[word], count, half, size, measure)


def _content(parts: _Parts, text: str) -> tuple[int | None, str | None]:
    if word := parts.get("measure"):
        measure, size = _MEASURES[word]
        return _measured(parts.get("amount") or "1", size, text), measure
    if word := parts.get("part"):
        return _counted(parts.get("parts") or "", text), _KINDS[word]
    return None, None


def _measured(written: str, size: Fraction, text: str) -> int:
    amount = _amount(written) * size
    if amount.denominator != 1 or not 1 <= amount <= _MAX_SIZE:
        raise Refused("%(text)s is not a whole number of grams or millilitres.", text=quoted(text))
    return int(amount)


def _amount(written: str) -> Fraction:
    """Return the number, 0 if it is none."""
    if re.fullmatch(_HALF, written):
        return Fraction(1, 2)
    before, _, after = written.partition(".")
    number = counted(before)
    if number is None:
        return Fraction(0)
    return number + Fraction(Decimal(f"0.{after}")) if after else Fraction(number)


def _counted(written: str, text: str) -> int:
    number = counted(written)
    if number is None or not 1 <= number <= _MAX_COUNT:
        raise _unreadable(text)
    return number


def _unreadable(text: str) -> Refused:
    return Refused(
        "%(text)s is not a unit we know. Write it like 500g, 1.5kg, bag, bag 500g or box 10kg.",
        text=quoted(text),
    )
