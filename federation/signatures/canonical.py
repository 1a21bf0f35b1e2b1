"""The JSON Canonicalization Scheme (RFC 8785): one spelling for what is signed."""

from __future__ import annotations

import json
import math
from typing import Any, Final

from .limits import MOST_DEPTH

_EXACT: Final = 2**53
"""Integers beyond it are not told apart by a reader that has only doubles."""


def canonical(value: Any) -> bytes:
    """Return the canonical bytes; ``ValueError`` for what has no one spelling."""
    return _spelled(value, 0).encode("utf-8")


def _spelled(value: Any, depth: int) -> str:
    if depth > MOST_DEPTH:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int):
        if abs(value) >= _EXACT:
            raise ValueError("integer too large to be exact")
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dict):
        # By UTF-16 code units, as the RFC has it: differs from ours beyond U+FFFF.
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        parts = (f"{_spelled(name, depth)}:{_spelled(value[name], depth + 1)}" for name in names)
        return "{" + ",".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_spelled(each, depth + 1) for each in value) + "]"
    raise ValueError("no value of JSON")


def _number(value: float) -> str:
    """Spell a double as ECMAScript does; the shortest digits are Python's as well."""
    if not math.isfinite(value):
        raise ValueError("no number of JSON")
    if value == 0:
        return "0"
    sign, (mantissa, _, power) = ("-" if value < 0 else ""), repr(abs(value)).partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).lstrip("0")
    # Where the point stands, counted from the first digit that is not zero.
    point = len(whole) - (len(whole + part) - len(digits)) + int(power or 0)
    return sign + _placed(digits.rstrip("0"), point)


def _placed(digits: str, point: int) -> str:
    """Set the point: plainly from 1e-6 up to below 1e21, else with an exponent."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    power = point - 1
    mantissa = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{mantissa}e{'+' if power > 0 else '-'}{abs(power)}"
