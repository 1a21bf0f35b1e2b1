"""Cells: each value as what a spreadsheet counts with, and as what people read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any, SupportsInt, cast
from zoneinfo import ZoneInfo

from ..language import percent, won
from .values import Kind, Reading

Plain = str | int | Decimal | date | datetime | None

MOST_SIGNS = 32_000
"""The longest text of a cell: Excel holds 32,767 signs, of which an emoji counts for two."""

# What XML cannot hold, nor any spreadsheet; lone halves of a pair cannot be written as UTF-8.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def plain(value: object, kind: Kind, zone: ZoneInfo) -> Plain:
    """Return a value as a spreadsheet keeps it: exact numbers, and times of the node's zone."""
    if value is None:
        return None
    if kind == "text":
        return clean(str(value))
    if kind == "moment":
        return _local(value, zone)
    if kind == "day":
        return _local(value, zone).date() if isinstance(value, datetime) else cast(date, value)
    return _number(value, kind)


def _number(value: object, kind: Kind) -> int | Decimal:
    whole = int(cast(SupportsInt, value))
    if whole != value:
        raise ValueError(f"no whole number: {value!r}")
    if kind == "kilograms":
        return Decimal(whole) / 1000
    return Decimal(whole) / 10_000 if kind == "percent" else whole


def _local(value: object, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"no instant: {value!r}")
    return value.astimezone(zone).replace(tzinfo=None, microsecond=0)


def clean(text: str) -> str:
    """Return a text composed, with plain line ends, without what no file can hold."""
    text = unicodedata.normalize("NFC", _UNWRITABLE.sub("", text))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if signs(text) <= MOST_SIGNS else begun(text, MOST_SIGNS - 1) + "…"


def signs(text: str) -> int:
    """Return how long a text is as Excel counts, in units of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def begun(text: str, most: int) -> str:
    """Return as much of the beginning of a text as has no more signs than that."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def shown(value: object, kind: Kind, reading: Reading) -> str:
    """Return a value as it stands on paper: 1,200원, 1.5 kg, 2026-11-23 09:00."""
    kept = plain(value, kind, reading.zone)
    if kept is None:
        return ""
    if kind == "won":
        return won(cast(int, kept), reading.tongue.language)
    if kind == "percent":
        return percent(int(cast(Any, value)))
    return written(kept) + (" kg" if kind == "kilograms" else "")


def written(kept: Plain) -> str:
    """Return a kept value without any dress, but for the thousands of a number."""
    match kept:
        case None:
            return ""
        case str():
            return kept
        case datetime():
            return kept.strftime("%Y-%m-%d %H:%M")
        case date():
            return kept.isoformat()
    return f"{kept:,f}" if isinstance(kept, Decimal) else f"{kept:,}"


def breadth(text: str) -> int:
    """Return how wide the longest line of a text is, in figures: a syllable of Hangul is two."""
    return max(map(_breadth, text.split("\n")))


def _breadth(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
