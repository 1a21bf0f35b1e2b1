"""Amounts and times as people write them in languages other than the two of the house.

By the Unicode CLDR, which Babel brings along; loaded only where such a language is spoken.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, format_time, format_timedelta
from babel.numbers import format_currency

MINUTE = timedelta(minutes=1)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def name(language: str) -> str:
    """Return what a language calls itself: Tiếng Việt."""
    shown = _locale(language).get_display_name(_locale(language)) or language
    return shown[:1].upper() + shown[1:]


def won(amount: int, language: str) -> str:
    """Return an amount of won: 12.000 ₩ in Vietnamese."""
    return format_currency(amount, "KRW", locale=_locale(language))


def day(at: datetime | date, zone: ZoneInfo, language: str, *, with_year: bool) -> str:
    """Return a day with its day of the week: Th 5, 26 thg 11."""
    skeleton = "yMMMEd" if with_year else "MMMEd"
    # A plain date lies in no zone, and would be taken for a midnight of UTC.
    local = at.astimezone(zone) if isinstance(at, datetime) else datetime(at.year, at.month, at.day)
    return format_skeleton(skeleton, local.replace(tzinfo=None), locale=_locale(language))


def clock(instant: datetime, zone: ZoneInfo, language: str) -> str:
    """Return a time of day: 16:00."""
    return format_time(instant.astimezone(zone).timetz(), "short", locale=_locale(language))


def ago(distance: timedelta, language: str) -> str:
    """Return how far back ``distance`` lies, ahead if it is negative; at least a minute."""
    far = max(abs(distance), MINUTE)
    return format_timedelta(
        -far if distance >= timedelta() else far,
        granularity="minute", threshold=1, add_direction=True, locale=_locale(language),
    )  # fmt: skip
