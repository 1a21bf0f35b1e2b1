"""Putting things into a collection, their order and reasons, and what those listed can refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import moderation
from .....core.errors import Forbidden, NotFound, Refused, TooMany
from .....core.node import Node
from .....core.values import Viewer
from .. import queries
from ..models import Collection, Declined, Item
from ..rules import A_DAY, A_DAY_OF_NEWCOMERS, MOST_ITEMS, moved, parts, placed
from .held import counted, locked, record, touched
from .telling import tell_listed, tell_new, tell_published


@dataclass(frozen=True, slots=True)
class Chosen:
    """Something chosen with the reason: a thing by its subject, else a place in words."""

    reason: str
    subject: str | None = None
    title: str = ""
    address: str = ""


def add(node: Node, session: Session, viewer: Viewer, collection_id: int, chosen: Chosen) -> Item:
    """Put something at the end; a thing that stands there already gets the new reason.

    Refused if those who answer for it did not want it here, or chosen by this person.
    """
    found = locked(session, viewer, collection_id)
    title = chosen.title
    if chosen.subject is not None:
        title = _wanted(node, session, viewer, found, chosen.subject)
        held = _held(session, found.id, chosen.subject)
        if held is not None:
            held.reason = chosen.reason
            _changed(node, session, found)
            return held
    _bound(node, session, viewer, found.id)
    made = Item(
        collection_id=found.id, place=_last(session, found.id) + 1, subject=chosen.subject,
        title=title[:200], address=chosen.address, reason=chosen.reason, added_by=viewer.id,
        added_at=node.clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    _shown(node, session, viewer, found, made)
    return made


def _wanted(node: Node, session: Session, viewer: Viewer, found: Collection, subject: str) -> str:
    """Return what a thing is called that may be chosen here."""
    thing = queries.things(node, session, [subject]).get(subject) if parts(subject) else None
    if thing is None:
        raise NotFound("There is no such thing here any more.")
    people = {viewer.id, *queries.all_curators(session, found)}
    if queries.is_declined(
        session, subject, collection_id=found.id, people=people, weekly=found.week is not None
    ):
        raise Refused("Those who answer for this asked not to be listed by you.")
    return thing.title


def _held(session: Session, collection_id: int, subject: str) -> Item | None:
    return session.scalars(
        select(Item).where(Item.collection_id == collection_id, Item.subject == subject)
    ).one_or_none()


def _bound(node: Node, session: Session, viewer: Viewer, collection_id: int) -> None:
    held = session.scalar(select(func.count()).where(Item.collection_id == collection_id)) or 0
    if held >= MOST_ITEMS:
        raise Refused("A collection holds at most %(most)s things.", most=MOST_ITEMS)
    if not counted(node, session, viewer, "collected by", A_DAY, A_DAY_OF_NEWCOMERS):
        raise TooMany("You have added a lot today. Please go on tomorrow.")


def _last(session: Session, collection_id: int) -> int:
    last = select(func.max(Item.place)).where(Item.collection_id == collection_id)
    return session.scalar(last) or 0


def _shown(node: Node, session: Session, viewer: Viewer, found: Collection, item: Item) -> None:
    _changed(node, session, found)
    if not found.public or found.hidden_at is not None:
        return
    tell_listed(node, session, found, viewer, [item])
    tell_new(node, session, found, viewer)


def _changed(node: Node, session: Session, found: Collection) -> None:
    """Note that something in a collection is otherwise now, and tell whoever shows it."""
    touched(node, session, found)
    tell_published(node, session, found)


def reword(
    node: Node, session: Session, viewer: Viewer, collection_id: int, item_id: int, reason: str,
    *, place: int | None = None,
) -> None:  # fmt: skip
    """Change why something was chosen, and at which place it stands, counted from 0."""
    found = locked(session, viewer, collection_id)
    _item(session, found.id, item_id).reason = reason
    if place is not None:
        items = queries.items_of(session, found.id)
        _sort(items, placed([item.id for item in items], item_id, place))
    _changed(node, session, found)


def move(
    node: Node, session: Session, viewer: Viewer, collection_id: int, item_id: int, step: str
) -> None:
    """Let an item go a step in its collection, see ``rules.moved``."""
    found = locked(session, viewer, collection_id)
    items = queries.items_of(session, found.id)
    _sort(items, moved([item.id for item in items], item_id, step))
    _changed(node, session, found)


def _sort(items: Sequence[Item], order: Sequence[int]) -> None:
    known = {item.id: item for item in items}
    for place, id_ in enumerate(order):
        known[id_].place = place


def take_out(
    node: Node, session: Session, viewer: Viewer, collection_id: int, item_id: int
) -> None:
    """Take an item out of its collection."""
    found = locked(session, viewer, collection_id)
    session.delete(_item(session, found.id, item_id))
    _changed(node, session, found)


def _item(session: Session, collection_id: int, item_id: int) -> Item:
    item = session.get(Item, item_id)
    if item is None or item.collection_id != collection_id:
        raise NotFound("There is no such thing here any more.")
    return item


def decline(node: Node, session: Session, viewer: Viewer, collection_id: int, item_id: int) -> None:
    """Take a thing out for those who answer for it; those who chose it cannot put it back."""
    found = session.get(Collection, collection_id, with_for_update=True)
    if found is None or not found.public:
        raise NotFound("There is no such collection.")
    item = _item(session, collection_id, item_id)
    thing = moderation.thing_of(node, session, item.subject) if item.subject else None
    if thing is None or viewer.id not in thing.people:
        raise Forbidden("Only those who answer for a thing can have it taken out.")
    chose: set[int | None] = {*queries.all_curators(session, found), item.added_by}
    for person_id in chose - {None} or chose:
        session.add(
            Declined(
                subject=thing.subject, collection_id=collection_id, person_id=person_id,
                weekly=found.week is not None, declined_by=viewer.id, at=node.clock.now(),
            )
        )  # fmt: skip
    session.delete(item)
    _changed(node, session, found)
    record(node, session, "declined", collection_id, viewer.id, thing=thing.subject)
