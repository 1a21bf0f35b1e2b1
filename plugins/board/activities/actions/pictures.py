"""The pictures of an activity."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import pictures
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.pictures import Prepared
from ..models import ActivityPicture
from ..rules import MOST_PICTURES
from .held import locked, record, tell_others


def add_picture(
    node: Node, session: Session, activity_id: int, prepared: Prepared, *, caption: str,
    actor_id: int,
) -> None:  # fmt: skip
    """Put a picture beside the story; ``caption`` says what is seen on it."""
    row, now = locked(session, activity_id), node.clock.now()
    held = select(func.count()).where(ActivityPicture.activity_id == activity_id)
    if (session.scalar(held) or 0) >= MOST_PICTURES:
        raise Refused("At most %(most)s pictures stand beside a story.", most=MOST_PICTURES)
    kept = pictures.keep(session, node, prepared, caption=caption, owner_id=actor_id, at=now)
    session.add(ActivityPicture(activity_id=activity_id, picture_id=kept.id))
    row.changed_at = now
    tell_others(node, session, row)
    record(node, session, "picture_added", activity_id, actor_id)


def drop_picture(
    node: Node, session: Session, activity_id: int, picture_id: int, *, actor_id: int
) -> None:
    """Take a picture away from the story."""
    row = locked(session, activity_id)
    found = session.get(ActivityPicture, picture_id)
    if found is None or found.activity_id != activity_id:
        raise NotFound("There is no such picture.")
    session.delete(found)
    row.changed_at = node.clock.now()
    tell_others(node, session, row)
    record(node, session, "picture_dropped", activity_id, actor_id)
