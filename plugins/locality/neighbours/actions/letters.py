"""Telling people that they are confirmed, and before that ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ...kinds import NEIGHBOUR
from ..models import Neighbour

ENDING = "locality.neighbour_ending"


def tell_confirmed(node: Node, session: Session, found: Neighbour) -> None:
    """Tell a person that they are confirmed now."""
    if found.expires_at is None:
        return
    notice = Notice(
        kind=NEIGHBOUR.name,
        title=Message("You are confirmed as a neighbour", {}),
        text=Message("It holds for 12 months. Before it ends you are reminded.", {}),
        url="/neighbours",
        subject="neighbour",
        key=f"neighbour:{found.expires_at.isoformat()}",
    )
    tell(node, session, found.person_id, notice)


def remind(node: Node, payload: Mapping[str, Any]) -> None:
    """Remind somebody whose confirmation ends soon, unless it was renewed or taken back."""
    expires_at = datetime.fromisoformat(str(payload["expires_at"]))
    with node.db.write() as session:
        found = session.get(Neighbour, int(payload["person_id"]))
        if found is None or found.expires_at != expires_at or expires_at <= node.clock.now():
            return
        notice = Notice(
            kind=NEIGHBOUR.name,
            title=Message("Your confirmation as a neighbour ends soon", {}),
            text=Message("Ask a neighbour to confirm you once more, if you still live here.", {}),
            url="/neighbours",
            subject="neighbour",
            key=f"neighbour-ending:{expires_at.isoformat()}",
            until=expires_at,
        )
        tell(node, session, found.person_id, notice)
