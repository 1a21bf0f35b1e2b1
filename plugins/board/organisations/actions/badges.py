"""Telling those who run an organisation that a steward has to look again before the badge ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.models import Space
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ..models import Verification
from ..queries import badge_of, run_by
from ..rules import BADGE, LOOK_AGAIN

ENDING = "board.badge_ends"


def tell_later(session: Session, look: Verification) -> None:
    """Ask for the word a month before the badge ends."""
    outbox.enqueue(
        session, ENDING, {"look_id": look.id}, key=f"{ENDING}:{look.id}",
        at=look.expires_at - LOOK_AGAIN,
    )  # fmt: skip


def tell_ending(node: Node, payload: Mapping[str, Any]) -> None:
    """Tell them, unless the badge is gone or a steward has looked again meanwhile."""
    with node.db.write() as session:
        look = session.get(Verification, int(payload["look_id"]))
        if look is None or look.ended_at is not None:
            return
        if badge_of(session, look.space_id, node.clock.now()) is None:
            return
        space = session.get_one(Space, look.space_id)
        notice = Notice(
            kind=BADGE.name,
            title=Message("The badge of %(name)s ends in a month", {"name": space.name}),
            text=Message("Please show a steward the paper on which your number stands again.", {}),
            url=f"/board/organisations/{space.slug}/desk",
            subject=f"space:{space.id}",
            heading=space.name,
            key=f"badge:{look.id}",
            until=look.expires_at,
        )
        tell(node, session, run_by(session, space.id), notice)


WORK = {ENDING: tell_ending}
"""The timed work of organisations by its kind."""
