"""What an address asks a report for; what cannot be read is as if it had not been asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from .....core.errors import Forbidden
from .....core.web import this_node
from ...cycles.routes.access import me, zone
from ..rules import By, Scope, begins, ends, first_day
from .access import Desk, desks

_MONTHS = 2
"""How many months before this one a report begins unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A report as it was asked for."""

    desk: Desk
    desks: list[Desk]
    by: By
    start: date
    until: date
    seller_id: int | None
    hub_id: int | None

    @property
    def scope(self) -> Scope:
        return Scope(
            begins(self.start, zone()), ends(self.until, zone()),
            _narrowed(self.desk.seller_ids, self.seller_id),
            _narrowed(self.desk.hub_ids, self.hub_id),
        )  # fmt: skip

    def arguments(self, **changes: Any) -> dict[str, Any]:
        """Return the address's arguments for this report, with some changed."""
        mine = {
            "of": self.desk.name, "by": self.by.value, "start": self.start.isoformat(),
            "until": self.until.isoformat(), "seller": self.seller_id, "hub": self.hub_id,
        }  # fmt: skip
        return {**mine, **changes}


def asked() -> Asked:
    """Read the address; Forbidden for those who have no books to look at."""
    found = desks(me())
    if not found:
        raise Forbidden("Reports are for producers, activists and the steward.")
    desk = next((each for each in found if each.name == request.args.get("of")), found[0])
    today = this_node().clock.now().astimezone(zone()).date()
    start = _day("start") or first_day(today, _MONTHS)
    return Asked(
        desk=desk,
        desks=found,
        by=next((by for by in desk.groups if by == request.args.get("by")), By.PRODUCT),
        start=start,
        until=max(start, _day("until") or today),
        seller_id=_number("seller"),
        hub_id=_number("hub"),
    )


def _narrowed(mine: tuple[int, ...] | None, wanted: int | None) -> tuple[int, ...] | None:
    if wanted is None:
        return mine
    return (wanted,) if mine is None or wanted in mine else ()


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.args.get(name, "")[:10])
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
