"""What webhooks are told of a round: how far it has come, and when it is collected."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from .....core import webhooks
from ..models import Cycle
from ..rules import State

TOLD = {
    State.OPEN: "opened",
    State.CLOSED: "closed",
    State.DISTRIBUTING: "ready",
    State.SETTLED: "settled",
}
"""The states of which is told, with the ends of the names of the kinds."""


def tell(session: Session, cycle: Cycle, at: datetime) -> None:
    """Tell that a round has entered its state, if that is one that is told."""
    what = TOLD.get(State(cycle.state))
    if what is None:
        return
    data = {
        "round": cycle.id,
        "occasion": cycle.occasion,
        "title": cycle.title,
        "space_id": cycle.hub_id,
        "state": cycle.state,
        "opens_at": cycle.opens_at,
        "cut_off": cycle.cut_off,
        "collect_from": cycle.collect_from,
        "collect_until": cycle.collect_until,
    }
    webhooks.tell(session, f"round.{what}", cycle.hub_id, data, at=at)
