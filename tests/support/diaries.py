"""What stands in somebody's own calendar: the answers of all plugins, as "My life here" asks."""

from __future__ import annotations

from datetime import timedelta

from wizzle.core.answers import Joined
from wizzle.core.node import Node


def diary(node: Node, person_id: int, *, days: int = 30) -> list[Joined]:
    """Return what somebody took part in between so many days ago and so many ahead."""
    now, span = node.clock.now(), timedelta(days=days)
    with node.db.read() as session:
        found: list[Joined] = node.host.collect(
            "joined", node=node, session=session, person_id=person_id, since=now - span,
            until=now + span,
        )  # fmt: skip
    return found
