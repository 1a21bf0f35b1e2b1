"""Plain values as people write them: text, whole numbers, yes or no, lists, per cent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from marshmallow import ValidationError

from .mistakes import Complaint, Wrong

LONGEST = 200
"""How many characters a text may have."""


def line(value: object) -> str:
    """Return a text in one line exactly as it is written."""
    if not isinstance(value, str):
        raise Wrong("text")
    if any(unicodedata.category(character) == "Cc" for character in value):
        raise Wrong("one_line")
    return value


def optional_text(value: object) -> str:
    """Return a text in one line without blanks around it; it may be empty."""
    written = line(value).strip()
    if len(written) > LONGEST:
        raise Wrong("long", most=LONGEST)
    return written


def text(value: object) -> str:
    """Return a text in one line that is not empty."""
    written = optional_text(value)
    if not written:
        raise Wrong("empty")
    return written


def whole(value: object, low: int, high: int) -> int:
    """Return a whole number from ``low`` to ``high``; true and 1.0 are none."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Wrong("whole", low=low, high=high)
    return value


def yes_no(value: object) -> bool:
    """Return true or false; 1 and "yes" are neither."""
    if not isinstance(value, bool):
        raise Wrong("yes_no")
    return value


def choice(value: object, choices: tuple[str, ...]) -> str:
    """Return one of ``choices``."""
    written = text(value)
    if written in choices:
        return written
    near = get_close_matches(written.lower(), choices, 1)
    listed = ", ".join(choices)
    raise (
        Wrong("choice_near", choices=listed, near=near[0])
        if near
        else Wrong("choice", choices=listed)
    )


def plugin_name(value: object) -> str:
    """Return the name of a plugin, which is also the name of its Python package."""
    written = text(value)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", written):
        raise Wrong("plugin_name")
    return written


def percent(value: object, low_bp: int, high_bp: int) -> int:
    """Return per cent as exact basis points: 7, 7.5 and "7.5 %" give 700, 750 and 750.

    Digits and signs of a Korean keyboard's full width count like the narrow ones.
    """
    number = _number(value)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        raise Wrong("percent_decimals")
    # Compared before multiplying: 1e999999 is a number that TOML can write.
    if not Decimal(low_bp) / 100 <= number <= Decimal(high_bp) / 100:
        low, high = percent_text(low_bp), percent_text(high_bp)
        raise Wrong("percent_bounds", given=number, low=low, high=high)
    return int(number * 100)


def _number(value: object) -> Decimal:
    if isinstance(value, str):
        written = unicodedata.normalize("NFKC", value).strip().removesuffix("%").rstrip()
        if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", written):
            raise Wrong("percent")
        return Decimal(written)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Wrong("percent")
    number = Decimal(value)
    if not number.is_finite():
        raise Wrong("percent")
    return number


def percent_number(rate_bp: int) -> int | Decimal:
    """Return basis points as the number of per cent that people write: 700 gives 7."""
    units, rest = divmod(rate_bp, 100)
    return units if rest == 0 else Decimal(percent_text(rate_bp))


def percent_text(rate_bp: int) -> str:
    """Return basis points as people write per cent, without the sign: 750 gives "7.5"."""
    units, rest = divmod(rate_bp, 100)
    return f"{units}.{rest:02}".rstrip("0").rstrip(".")


def tables(value: object) -> Mapping[str, Mapping[str, Any]]:
    """Return tables by name, whatever they hold: each plugin checks its own settings."""
    if not isinstance(value, Mapping):
        raise Wrong("table")
    wrong: dict[str | int, list[Complaint]] = {
        name: [Complaint("table")]
        for name, table in value.items()
        if not isinstance(table, Mapping)
    }
    if wrong:
        raise ValidationError(wrong)
    return value
