"""When goods that are off for this week come back by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .....core.answers import SaleTerms


def back_at(product_id: int, sales: Iterable[SaleTerms], now: datetime, zone: ZoneInfo) -> datetime:
    """Return when a product that is left out now can be ordered again: after the last cut-off of
    the ``sales`` that offer it now, so that the next ones have it; without any, next Monday."""
    open_ = [each for each in sales if product_id in each.offered and each.closed is None]
    ends = [each.cut_offs.get(product_id) or each.cut_off for each in open_]
    last = max((end for end in ends if end is not None and end > now), default=None)
    return last or _monday_after(now, zone)


def _monday_after(now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return (local + timedelta(days=7 - local.weekday())).astimezone(now.tzinfo)
