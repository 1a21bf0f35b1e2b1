"""The stream: what is new stands in it once for each source by which somebody can follow it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .....core.facts import ThingPublished
from ..models import Item, Stream
from ..rules import position_of, tag_form


def stream(session: Session, fact: ThingPublished, sources: Iterable[str]) -> None:
    """Let a thing stand in the timelines of those who follow one of these sources, and in no
    other; told again, what it says is changed and its place is kept."""
    item = session.scalars(select(Item).where(Item.subject == fact.subject)).one_or_none()
    if item is None:
        item = Item(
            subject=fact.subject, kind=fact.kind, author=fact.author, at=fact.at, position=0
        )
        session.add(item)
        session.flush()
    item.position = item.position or position_of(fact.at, item.id)
    item.title, item.text = fact.title[:200], fact.text[:400]
    item.path, item.place = fact.path[:300], fact.place[:120]
    item.picture, item.caption = fact.picture, fact.caption[:200]
    item.starts_at = fact.starts_at
    session.execute(delete(Stream).where(Stream.item_id == item.id))
    for source in dict.fromkeys(sources):
        session.add(Stream(source=source[:60], position=item.position, item_id=item.id))
    session.flush()


def sources_of(fact: ThingPublished) -> list[str]:
    """Return by what everyone can follow a thing: who published it, and its tags."""
    return [fact.author, *(f"tag:{tag_form(tag)}" for tag in fact.tags[:20])]


def unstream(session: Session, subject: str) -> None:
    """Take a thing out of all timelines."""
    item_id = session.scalar(select(Item.id).where(Item.subject == subject))
    if item_id is not None:
        session.execute(delete(Stream).where(Stream.item_id == item_id))
        session.execute(delete(Item).where(Item.id == item_id))


def hide_item(session: Session, subject: str, *, hidden: bool) -> None:
    """Keep a thing of another plugin out of sight, or let it be seen again."""
    session.execute(update(Item).where(Item.subject == subject).values(hidden=hidden))
