"""What the network adds to the home page: how much of 1,000 won stayed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from .....core.node import Node
from ..queries.circulation import circulation
from .circulation import month_name


@dataclass(frozen=True, slots=True)
class Stayed:
    """A month by its name, and how much of 1,000 won stayed in it."""

    title: str
    stays: int


def last_month(node: Node, session: Session) -> Stayed | None:
    """Return the last month of which it may be told; None before there is one."""
    found = circulation(node, session, 3)
    month = next((each for each in found.months if each.stays is not None), None)
    if month is None or month.stays is None:
        return None
    return Stayed(month_name(month.name), month.stays)
