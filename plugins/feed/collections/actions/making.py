"""Making a collection, changing what it says, showing it to everyone, and deleting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import follows
from .....core.errors import Forbidden, Refused, TooMany
from .....core.node import Node
from .....core.search import changed
from .....core.values import Viewer
from ...posts.actions.pictures import forget_picture
from ..models import Collection, Item
from ..rules import (
    KIND,
    MOST_COLLECTIONS,
    SHOWN_A_DAY,
    SHOWN_A_DAY_OF_NEWCOMERS,
    subject_of,
    week_of,
)
from .held import counted, is_editor, locked, record, touched
from .telling import tell_editions, tell_listed, tell_published, tell_renamed, tell_withdrawn


@dataclass(frozen=True, slots=True)
class Words:
    """What a collection says of itself; ``picture_id`` None leaves its picture as it is."""

    title: str
    intro: str = ""
    picture_id: int | None = None


def make(node: Node, session: Session, viewer: Viewer, words: Words, *, key: str) -> Collection:
    """Make a collection that nobody else sees yet; the same key gives the same one."""
    known = _of_key(session, viewer.id, key)
    if known is not None:
        return known
    own = select(func.count()).where(Collection.owner_id == viewer.id)
    if (session.scalar(own) or 0) >= MOST_COLLECTIONS:
        raise Refused("You have many collections already. Please delete one first.")
    return _added(node, session, viewer, words, key=key) or _of_key_surely(session, viewer.id, key)


def _of_key(session: Session, person_id: int, key: str) -> Collection | None:
    query = select(Collection).where(Collection.owner_id == person_id, Collection.key == key)
    return session.scalars(query).one_or_none()


def _of_key_surely(session: Session, person_id: int, key: str) -> Collection:
    query = select(Collection).where(Collection.owner_id == person_id, Collection.key == key)
    return session.scalars(query).one()


def _added(
    node: Node, session: Session, viewer: Viewer, words: Words, *, key: str,
    week: date | None = None,
) -> Collection | None:  # fmt: skip
    """Insert a collection; None if another request was faster with its key or its week."""
    now = node.clock.now()
    made = Collection(
        owner_id=viewer.id, key=key, week=week, title=words.title, intro=words.intro,
        picture_id=words.picture_id, public=False, version=1, created_at=now, changed_at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:
        return None
    changed(session, KIND, made.id)
    record(node, session, "made", made.id, viewer.id)
    return made


def begin_week(node: Node, session: Session, viewer: Viewer, words: Words) -> Collection:
    """Begin this week's selection, or go on with it if another editor has begun it."""
    if not is_editor(viewer):
        raise Forbidden("Only editors choose for the week.")
    zone = ZoneInfo(node.settings.node.time_zone)
    week = week_of(node.clock.now().astimezone(zone).date())
    query = select(Collection).where(Collection.week == week)
    known = session.scalars(query).one_or_none()
    made = known or _added(node, session, viewer, words, key=f"week:{week}", week=week)
    return made or session.scalars(query).one()


def change(
    node: Node, session: Session, viewer: Viewer, collection_id: int, words: Words, *, version: int
) -> Collection:
    """Change title, words and picture; Refused if somebody else changed it meanwhile."""
    found = locked(session, viewer, collection_id)
    if found.version != version:
        raise Refused("Somebody else changed this meanwhile. Please look at it again.")
    before = found.picture_id
    found.title, found.intro = words.title, words.intro
    found.picture_id = words.picture_id or before
    touched(node, session, found)
    if found.picture_id != before:
        forget_picture(node, session, before)
    tell_published(node, session, found)
    if found.public:
        tell_renamed(node, session, found)
    return found


def publish(node: Node, session: Session, viewer: Viewer, collection_id: int) -> Collection:
    """Show a collection to everyone; those whose things it lists are told.

    Refused while it is empty, and while stewards keep it from being seen.
    """
    found = locked(session, viewer, collection_id)
    if found.hidden_at is not None:
        raise Refused("Stewards keep this from being seen. Please read their letter.")
    if session.scalar(select(Item.id).where(Item.collection_id == found.id).limit(1)) is None:
        raise Refused("Please add something first.")
    if found.public:
        return found
    bound = (SHOWN_A_DAY, SHOWN_A_DAY_OF_NEWCOMERS)
    if not counted(node, session, viewer, "collections shown by", *bound):
        raise TooMany("You have shown many collections today. Please go on tomorrow.")
    first, now = found.published_at is None, node.clock.now()
    found.public, found.published_at = True, found.published_at or now
    touched(node, session, found)
    tell_published(node, session, found)
    tell_listed(node, session, found, viewer)
    if first and found.week is not None:
        tell_editions(node, session, found, viewer)
    record(node, session, "published", found.id, viewer.id)
    return found


def withdraw(node: Node, session: Session, viewer: Viewer, collection_id: int) -> Collection:
    """Make a draft of a public collection again."""
    found = locked(session, viewer, collection_id)
    if found.public:
        found.public, found.home_at = False, None
        touched(node, session, found)
        tell_withdrawn(node, session, found)
        record(node, session, "withdrawn", found.id, viewer.id)
    return found


def remove(node: Node, session: Session, viewer: Viewer, collection_id: int) -> None:
    """Delete a collection for good; only who began it can, of a selection any editor."""
    found = locked(session, viewer, collection_id)
    if found.week is None and found.owner_id != viewer.id:
        raise Forbidden("Only who began this collection can delete it.")
    erase(node, session, found)
    record(node, session, "deleted", collection_id, viewer.id)


def erase(node: Node, session: Session, found: Collection) -> None:
    """Take a collection away with all that is of it."""
    if found.public:
        tell_withdrawn(node, session, found)
    number, picture_id = found.id, found.picture_id
    session.delete(found)
    session.flush()
    tell_renamed(node, session, found)
    forget_picture(node, session, picture_id)
    follows.forget_subject(session, subject_of(number))
    changed(session, KIND, number)


def feature(
    node: Node, session: Session, viewer: Viewer, collection_id: int, *, at: datetime | None
) -> None:
    """Show a public collection on the home page, or no more (None): stewards choose."""
    found = session.get(Collection, collection_id, with_for_update=True)
    if found is None or not found.public or found.hidden_at is not None:
        raise Refused("Only a public collection can stand on the home page.")
    found.home_at = at
    record(node, session, "featured" if at else "unfeatured", found.id, viewer.id)
