"""The accounts of the fund in the node's ledger, and the months in which its money came."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ....core.ledger import account
from ..earmarks.rules import PEER, ROUND, SHOP

CENTRE = account("centre")
"""What the operating centre earned and has not passed on."""

FUND = account("fund")
"""What belongs to the neighbourhood."""


def posting(settled: str) -> str:
    """Return the key of the posting that passes on what the posting ``settled`` gave the centre."""
    return f"fund:{settled}"


def sold_by(kind: str, home: str) -> str:
    """Return by which way a seller's sales bring money; ``home`` is not empty for a producer who
    is run on another node."""
    if home:
        return PEER
    return SHOP if kind == "shop" else ROUND


def months(now: datetime, zone: ZoneInfo, count: int) -> list[datetime]:
    """Return when each of the last ``count`` months began in ``zone``, this one first."""
    local = now.astimezone(zone)
    first = local.year * 12 + local.month - 1
    return [
        datetime((first - back) // 12, (first - back) % 12 + 1, 1, tzinfo=zone)
        for back in range(count)
    ]
