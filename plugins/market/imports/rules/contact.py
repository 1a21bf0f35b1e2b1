"""Telephone numbers, e-mail addresses and business registration numbers."""

from __future__ import annotations

import re

from .....core.errors import Refused
from ...catalog.rules import plain, quoted

# 02 is Seoul, three digits any other area, mobile or internet number, four a rented 050x one.
_PHONE = re.compile(r"(02|050[0-9]|0[1-9][0-9])([0-9]{3,4})([0-9]{4})|(1[5-9][0-9]{2})([0-9]{4})")
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}"
)
_CHECK = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def parse_phone(text: str) -> str:
    """Return a Korean number with hyphens, also one whose first 0 a spreadsheet has eaten."""
    digits = re.sub(r"[-–. ()]", "", plain(text))
    digits = re.sub(r"^\+82\(?0?\)?", "0", digits)
    if re.fullmatch("10[0-9]{8}", digits):
        digits = "0" + digits
    found = _PHONE.fullmatch(digits)
    if found is None:
        raise Refused("%(text)s is not a telephone number.", text=quoted(text))
    return "-".join(part for part in found.groups() if part)


def parse_email(text: str) -> str:
    """Return an e-mail address as it is written, without a name around it."""
    address = plain(text)
    if not _EMAIL.fullmatch(address) or len(address) > 254:
        raise Refused("%(text)s is not an e-mail address.", text=quoted(text))
    return address


def parse_business_number(text: str) -> str:
    """Return a business registration number as 123-45-67890; its last digit must check."""
    digits = re.sub(r"[- ]", "", plain(text))
    if not re.fullmatch("[0-9]{10}", digits) or not _checks([int(digit) for digit in digits]):
        raise Refused("%(text)s is not a business registration number.", text=quoted(text))
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def _checks(digits: list[int]) -> bool:
    total = sum(digit * weight for digit, weight in zip(digits, _CHECK, strict=False))
    return (total + digits[8] * 5 // 10 + digits[9]) % 10 == 0
