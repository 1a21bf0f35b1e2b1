"""What stands on the home page: how much of 1,000 won stayed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Message
from ..queries.circulation import circulation
from .circulation import month_name


def home_sections(node: Node, session: Session) -> list[Section]:
    """Return the last month of which it may be told; nothing before there is one."""
    found = circulation(node, session, 3)
    month = next((each for each in found.months if each.stays is not None), None)
    if month is None:
        return []
    context = {"stays": month.stays, "month": month_name(month.name), "running": month.running}
    title = Message("Money that goes round", {})
    return [Section("locality/network/home.html", context, order=62, title=title)]
