"""Certifications of goods: their kinds, and how one is kept, read and shown while it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from .....core.errors import Refused
from .....core.values import Message
from .text import folded, plain, quoted

CERTIFICATIONS = {
    "organic": Message("Organic", {}),
    "no_pesticide": Message("Grown without pesticides", {}),
    "antibiotic_free": Message("Raised without antibiotics", {}),
    "animal_welfare": Message("Animal welfare", {}),
    "gap": Message("GAP (good agricultural practice)", {}),
    "haccp": Message("HACCP (food safety)", {}),
    "traditional": Message("Traditional food", {}),
    "organic_processed": Message("Organic processed food", {}),
    "low_carbon": Message("Low-carbon farm goods", {}),
    "geographic": Message("Protected geographical indication", {}),
}

_WORDS = {
    "organic": "유기농 유기농산물 유기축산물 유기",
    "no_pesticide": "무농약 무농약농산물 nopesticide nopesticides grownwithoutpesticides",
    "antibiotic_free": "무항생제 무항생제축산물 antibioticfree raisedwithoutantibiotics",
    "animal_welfare": "동물복지 동물복지축산농장 animalwelfare",
    "gap": "농산물우수관리 우수관리",
    "haccp": "해썹 안전관리",
    "traditional": "전통식품 전통식품품질인증 traditionalfood",
    "organic_processed": "유기가공식품 유기가공 organicprocessed organicprocessedfood",
    "low_carbon": "저탄소 저탄소농축산물 lowcarbon lowcarbonfarmgoods",
    "geographic": "지리적표시 지리적표시제 pgi protectedgeographicalindication",
}
_CODES = {
    word.replace("_", ""): code for code, words in _WORDS.items() for word in (*words.split(), code)
}
_NONE = frozenset({"없음", "none", "-"})
_DAY = re.compile(r"(20[0-9]{2})(?: ?[-./년] ?)([0-9]{1,2})(?: ?[-./월] ?)([0-9]{1,2})(?: ?[.일])?")
_DIGITS = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as the line of an order keeps it: ``str`` writes it, ``read`` reads it."""

    kind: str
    number: str
    until: date | None = None

    def __str__(self) -> str:
        until = self.until.isoformat() if self.until else ""
        return " ".join(filter(None, (self.kind, self.number, until)))[:120]

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return what ``str`` wrote, None if it is nothing of the sort."""
        kind, _, rest = text.partition(" ")
        if kind not in CERTIFICATIONS:
            return None
        number, _, last = rest.rpartition(" ")
        try:
            return cls(kind, number, date.fromisoformat(last))
        except ValueError:
            return cls(kind, rest)

    @property
    def name(self) -> Message:
        return CERTIFICATIONS[self.kind]


def certificate_of(good: Any, day: date) -> Certificate | None:
    """Return the certificate of a product if it holds on this day: one that has run out, or whose
    end nobody knows, is shown to no one."""
    if good.certification not in CERTIFICATIONS or good.certificate_until is None:
        return None
    if good.certificate_until < day:
        return None
    return Certificate(good.certification, good.certificate_number, good.certificate_until)


def parse_certification(text: str) -> str:
    """Read the kind of a certification; 없음 and an empty text are none."""
    word = re.sub(r"[-_]|\(.*", "", folded(text))
    if not word or folded(text) in _NONE:
        return ""
    code = _CODES.get(word) or _CODES.get(word.removesuffix("인증"))
    if code is None:
        raise Refused("%(text)s is not a certification that we know.", text=quoted(text))
    return code


def parse_day(text: str) -> date | None:
    """Read ``2027-05-01``, ``2027.5.1``, ``2027년 5월 1일`` or ``20270501``; empty is None."""
    shown = plain(text)
    if not shown:
        return None
    found = _DAY.fullmatch(shown.split(" 00:00")[0]) or _DIGITS.fullmatch(shown)
    try:
        if found is None:
            raise ValueError
        return date(*map(int, found.groups()))
    except ValueError:
        raise Refused(
            "%(text)s is not a day. Write it like 2027-05-01.", text=quoted(text)
        ) from None
