"""Amounts and times as people write them in Korean and in English, and elsewhere by Babel."""

from __future__ import annotations

from datetime import date, datetime
from types import ModuleType
from zoneinfo import ZoneInfo

HOUSE = ("ko", "en")
"""The languages that this room writes by itself."""

_DAYS_KO = "월화수목금토일"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun",
              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # fmt: skip
_WHOLE = {(0, 0): ("0시(자정)", "0:00 (midnight)"), (12, 0): ("낮 12시", "noon")}
"""Times of day that people call by a name of their own."""


def _elsewhere() -> ModuleType:
    from . import elsewhere  # large, and spoken on few nodes

    return elsewhere


def won(amount: int, language: str = "ko") -> str:
    """Return an amount of won: 1,234원 or ₩1,234."""
    if language == "en":
        return f"-₩{-amount:,}" if amount < 0 else f"₩{amount:,}"
    return f"{amount:,}원" if language == "ko" else str(_elsewhere().won(amount, language))


def number(value: int) -> str:
    """Return a whole number with its thousands set apart: 1,234."""
    return f"{value:,}"


_MYRIADS = ((10**8, "억"), (10**4, "만"))
_THOUSANDS = ((10**9, "bn"), (10**6, "m"), (10**3, "k"))


def short(value: int, language: str = "ko") -> str:
    """Return a round number in the fewest signs, as beside a scale: 120만, 1.5억; 1.2m, 500k.

    One that would need more than one decimal is written out.
    """
    for size, unit in _MYRIADS if language == "ko" else _THOUSANDS:
        if abs(value) >= size and value * 10 % size == 0:
            whole, rest = divmod(abs(value) * 10 // size, 10)
            return f"{'-' if value < 0 else ''}{whole:,}{f'.{rest}' if rest else ''}{unit}"
    return f"{value:,}"


def percent(rate_bp: int) -> str:
    """Return basis points as a per cent without idle zeros: 700 is 7%, 750 is 7.5%."""
    whole, rest = divmod(rate_bp, 100)
    return f"{whole}%" if rest == 0 else f"{whole}.{rest:02d}".rstrip("0") + "%"


def day(
    at: datetime | date, zone: ZoneInfo, language: str = "ko", *, now: datetime | None = None
) -> str:
    """Return a day: 11월 26일(목) or Thu 26 Nov, with its year if that is not this one.

    That of an instant is the one in the zone.
    """
    local = at.astimezone(zone) if isinstance(at, datetime) else at
    other_year = now is not None and now.astimezone(zone).year != local.year
    if language not in HOUSE:
        return str(_elsewhere().day(at, zone, language, with_year=other_year))
    if language == "en":
        year = f" {local.year}" if other_year else ""
        return f"{_DAYS_EN[local.weekday()]} {local.day} {_MONTHS_EN[local.month - 1]}{year}"
    year = f"{local.year}년 " if other_year else ""
    return f"{year}{local.month}월 {local.day}일({_DAYS_KO[local.weekday()]})"


def clock(instant: datetime, zone: ZoneInfo, language: str = "ko") -> str:
    """Return a time of day: 오후 4:00 or 4:00 pm, 낮 12시 or noon.

    Midnight is told so that nobody takes it for the end of the day that stands before it.
    """
    if language not in HOUSE:
        return str(_elsewhere().clock(instant, zone, language))
    local = instant.astimezone(zone)
    whole = _WHOLE.get((local.hour, local.minute))
    if whole is not None:
        return whole[language == "en"]
    hour = local.hour % 12 or 12
    if language == "en":
        return f"{hour}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'}"
    if local.hour == 12:
        return f"낮 12:{local.minute:02d}"
    part, hour = ("오전", local.hour) if local.hour < 12 else ("오후", hour)
    return f"{part} {hour}:{local.minute:02d}"


def when(
    instant: datetime, zone: ZoneInfo, language: str = "ko", *, now: datetime | None = None
) -> str:
    """Return day and time: 11월 26일(목) 오후 4:00."""
    joint = " " if language == "ko" else ", "
    return day(instant, zone, language, now=now) + joint + clock(instant, zone, language)


def ago(instant: datetime, now: datetime, language: str = "ko") -> str:
    """Return how far an instant lies from now: 3시간 전, 2일 뒤, just now."""
    if language not in HOUSE:
        return str(_elsewhere().ago(now - instant, language))
    seconds = (now - instant).total_seconds()
    size = abs(seconds)
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if size >= length:
            return _distance(int(size // length), unit, seconds > 0, language)
    return "just now" if language == "en" else "방금"


def left(until: datetime, now: datetime, language: str = "ko") -> str:
    """Return how long it is until an instant, in its two largest units: 2일 3시간 남음.

    Rounded down, so that nobody counts on time that is not there.
    """
    if language not in HOUSE:
        return str(_elsewhere().ago(now - until, language))
    minutes = max(0, int((until - now).total_seconds()) // 60)
    days, hours, minutes = minutes // 1_440, minutes // 60 % 24, minutes % 60
    units = (("day", days), ("hour", hours)) if days else (("hour", hours), ("minute", minutes))
    told = " ".join([_count(count, unit, language) for unit, count in units if count])
    if language == "en":
        return f"{told} left" if told else "less than a minute left"
    return f"{told} 남음" if told else "곧 끝나요"


_WORDS = {"day": "일", "hour": "시간", "minute": "분"}


def _count(count: int, unit: str, language: str) -> str:
    if language == "en":
        return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{count}{_WORDS[unit]}"


def _distance(count: int, unit: str, past: bool, language: str) -> str:
    told = _count(count, unit, language)
    if language == "en":
        return f"{told} ago" if past else f"in {told}"
    return f"{told} {'전' if past else '뒤'}"


def name(language: str) -> str:
    """Return what a language calls itself."""
    return _NAMES.get(language) or str(_elsewhere().name(language))


_NAMES = {"ko": "한국어", "en": "English"}
