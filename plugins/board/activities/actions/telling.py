"""Writing an activity, publishing it, changing it, taking it back."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import follows, search
from .....core.errors import Refused
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from ..models import Activity, ActivityChange, ActivityPicture
from ..rules import KIND, MOST_DRAFTS, NEWS, Story, subject_of, told_before
from .held import locked, organisation_of, record, tell_others


def draft(
    node: Node, session: Session, space_id: int, story: Story, *, key: str, actor_id: int
) -> Activity:
    """Write a draft, once for each ``key``; only those who run the organisation see it."""
    story.check()
    query = select(Activity).where(Activity.space_id == space_id, Activity.key == key)
    row = session.scalars(query).one_or_none()
    if row is not None:
        return row
    waiting = select(func.count()).where(
        Activity.space_id == space_id, Activity.published_at.is_(None)
    )
    if (session.scalar(waiting) or 0) >= MOST_DRAFTS:
        raise Refused("Many drafts wait already. Please publish some of them, or throw them away.")
    now = node.clock.now()
    row = Activity(space_id=space_id, key=key, created_at=now, changed_at=now, **asdict(story))
    session.add(row)
    tell_others(node, session, row)
    record(node, session, "drafted", row.id, actor_id)
    return row


def revise(
    node: Node, session: Session, activity_id: int, story: Story, *, version: int, actor_id: int
) -> None:
    """Change what an activity says; what it said before is kept once it was published."""
    story.check()
    row = locked(session, activity_id)
    if row.version != version:
        raise Refused("This was changed in another window. Please look at it again.")
    before = told_before({name: getattr(row, name) for name in asdict(story)}, story)
    if not before:
        return
    now = node.clock.now()
    if row.published_at is not None:
        change = ActivityChange(activity_id=row.id, at=now, actor_id=actor_id, before=before)
        session.add(change)
    for name, value in asdict(story).items():
        setattr(row, name, value)
    row.version, row.changed_at = version + 1, now
    tell_others(node, session, row)
    record(node, session, "changed", row.id, actor_id)


def publish(node: Node, session: Session, activity_id: int, *, actor_id: int) -> None:
    """Let everyone see it, and tell those who follow the organisation, once.

    ``Refused`` while the organisation's page is closed, or a measure hides the activity.
    """
    row = locked(session, activity_id)
    space = organisation_of(session, row)
    if space.closed_at is not None or row.hidden_at is not None:
        raise Refused("This cannot be shown now.")
    is_new, now = row.published_at is None, node.clock.now()
    if not is_new and row.withdrawn_at is None:
        return
    row.published_at, row.withdrawn_at = row.published_at or now, None
    tell_others(node, session, row)
    record(node, session, "published", row.id, actor_id)
    if is_new:
        follows.tell(node, session, f"space:{space.id}", _news(row, space.name), but=actor_id)


def _news(row: Activity, organisation: str) -> Notice:
    values = {"name": organisation, "title": row.title}
    return Notice(
        kind=NEWS.name,
        title=Message("%(name)s: %(title)s", values),
        text=row.text[:500],
        url=f"/board/activities/{row.id}",
        subject=f"space:{row.space_id}",
        heading=organisation,
        key=f"{subject_of(row.id)}:published",
    )


def withdraw(node: Node, session: Session, activity_id: int, *, actor_id: int) -> None:
    """Take it back: only those who run the organisation see it then."""
    row = locked(session, activity_id)
    if row.published_at is None or row.withdrawn_at is not None:
        return
    row.withdrawn_at = node.clock.now()
    tell_others(node, session, row)
    record(node, session, "withdrawn", row.id, actor_id)


def discard(node: Node, session: Session, activity_id: int, *, actor_id: int) -> None:
    """Throw a draft away with its pictures; ``Refused`` once it was published."""
    row = locked(session, activity_id)
    if row.published_at is not None:
        raise Refused("This was public. It can be taken back, but not thrown away.")
    record(node, session, "discarded", activity_id, actor_id, title=row.title)
    session.execute(delete(ActivityPicture).where(ActivityPicture.activity_id == activity_id))
    session.delete(row)
    session.flush()
    search.changed(session, KIND, activity_id)
