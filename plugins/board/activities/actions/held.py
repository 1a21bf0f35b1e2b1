"""An activity held for a change, what is written down of it, and what is told of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, search
from .....core.errors import NotFound
from .....core.facts import ThingPublished
from .....core.models import Picture, Space
from .....core.node import Node
from ...organisations.actions import tell_published, tell_withdrawn
from ..models import Activity, ActivityPicture
from ..rules import KIND, subject_of


def locked(session: Session, activity_id: int) -> Activity:
    """Return the activity, locked until the transaction ends."""
    row = session.scalars(
        select(Activity)
        .where(Activity.id == activity_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such activity.")
    return row


def is_shown(row: Activity) -> bool:
    """Say whether an activity is public now, as far as it decides that itself."""
    return row.published_at is not None and row.withdrawn_at is None and row.hidden_at is None


def tell_others(node: Node, session: Session, row: Activity) -> None:
    """Tell the rest of the node how the activity stands now, and let it be found so."""
    session.flush()
    search.changed(session, KIND, row.id)
    if is_shown(row):
        tell_published(node, session, _fact(session, row))
    elif row.published_at is not None:
        tell_withdrawn(node, session, subject_of(row.id), row.space_id)


def _fact(session: Session, row: Activity) -> ThingPublished:
    shown = session.execute(
        select(Picture.digest, Picture.caption)
        .join(ActivityPicture, ActivityPicture.picture_id == Picture.id)
        .where(ActivityPicture.activity_id == row.id)
        .order_by(ActivityPicture.id)
        .limit(1)
    ).one_or_none()
    if row.published_at is None:
        raise NotFound("There is no such activity.")
    return ThingPublished(
        subject=subject_of(row.id), kind=KIND, author=f"space:{row.space_id}", title=row.title,
        path=f"/board/activities/{row.id}", at=row.published_at, text=row.text,
        picture=shown.digest if shown else "", caption=shown.caption if shown else "",
        starts_at=row.starts_at, ends_at=row.ends_at, place=row.place,
    )  # fmt: skip


def organisation_of(session: Session, row: Activity) -> Space:
    """Return whose activity it is."""
    return session.get_one(Space, row.space_id)


def record(
    node: Node, session: Session, what: str, activity_id: int, actor_id: int | None, **details: Any
) -> None:
    """Write in the audit log what was done with an activity."""
    audit.record(
        session, f"board.activity.{what}", at=node.clock.now(), person_id=actor_id,
        subject=(KIND, activity_id), **details,
    )  # fmt: skip
