"""Telling what is public and what no more, those who are listed, and those who follow."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core import follows, moderation
from .....core.answers import NoticeKind
from .....core.facts import ProfileChanged, ThingPublished, ThingWithdrawn
from .....core.models import Picture
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message, Viewer
from .. import queries
from ..models import Collection, CuratorPage, Item
from ..rules import KIND, WEEKLY, subject_of

LISTED = NoticeKind(
    "feed.listed",
    Message("My things in collections", {}),
    Message("Somebody chose your page, your goods or your post for a collection.", {}),
    order=60,
)
ASKED = NoticeKind(
    "feed.curating",
    Message("Making a collection together", {}),
    Message("Somebody asks you to make a collection with them.", {}),
    order=61,
)
NEW = NoticeKind(
    "feed.collection",
    Message("Collections that I follow", {}),
    Message("Something new stands in a collection that you follow.", {}),
    order=62,
)
EDITION = NoticeKind(
    "feed.weekly",
    Message("The selection of the week", {}),
    Message("What the editors chose this week, if you follow it.", {}),
    order=63,
)
KINDS = (LISTED, ASKED, NEW, EDITION)


def path_of(collection: Collection) -> str:
    """Return the path of a collection's page."""
    return f"/collections/{collection.id}"


def _author(session: Session, collection: Collection) -> str:
    """Return who tells of a collection: the editors together, or who began it if they let that be
    seen; else the collection itself, so that nobody learns from what they follow whose it is."""
    if collection.week is not None:
        return WEEKLY
    page = session.get(CuratorPage, collection.owner_id or 0)
    seen = page is not None and page.shown and page.hidden_at is None
    return f"person:{collection.owner_id}" if seen else subject_of(collection.id)


def tell_published(node: Node, session: Session, collection: Collection) -> None:
    """Tell everyone whom it concerns what a public collection says now; nothing of a draft."""
    if not collection.public or collection.hidden_at is not None:
        return
    session.flush()
    picture = session.get(Picture, collection.picture_id or 0)
    fact = ThingPublished(
        subject=subject_of(collection.id),
        kind=KIND,
        author=_author(session, collection),
        title=collection.title,
        path=path_of(collection),
        at=collection.published_at or node.clock.now(),
        text=_words(node, session, collection),
        picture=picture.digest if picture else "",
        caption=picture.caption if picture else "",
        voice=_voice(collection),
    )
    node.hooks.thing_published(node=node, session=session, fact=fact)


def _voice(collection: Collection) -> str:
    """Return in whose name other nodes are told: never a person's, so that who makes a collection
    may change their mind about being seen."""
    return subject_of(collection.id) if collection.week is None else WEEKLY


def _words(node: Node, session: Session, collection: Collection) -> str:
    """Return what a collection says, with each thing and why it was chosen."""
    shown = [each for each in queries.shown_items(node, session, collection.id) if not each.gone]
    lines = [f"· {each.title} – {each.item.reason}" for each in shown]
    return "\n\n".join(filter(None, [collection.intro, "\n".join(lines)]))


def tell_renamed(node: Node, session: Session, collection: Collection) -> None:
    """Tell that a collection calls itself otherwise, or is gone for good."""
    if collection.week is None:
        fact = ProfileChanged(subject_of(collection.id), node.clock.now())
        node.hooks.profile_changed(node=node, session=session, fact=fact)


def tell_withdrawn(node: Node, session: Session, collection: Collection) -> None:
    """Tell that a collection is not public any more."""
    fact = ThingWithdrawn(subject_of(collection.id), _author(session, collection), node.clock.now())
    node.hooks.thing_withdrawn(node=node, session=session, fact=fact)


def tell_listed(
    node: Node, session: Session, collection: Collection, viewer: Viewer,
    items: Iterable[Item] | None = None,
) -> None:  # fmt: skip
    """Tell those who answer for what stands in a public collection: once for each item."""
    for item in queries.items_of(session, collection.id) if items is None else items:
        thing = moderation.thing_of(node, session, item.subject) if item.subject else None
        if thing is None:
            continue
        notice = Notice(
            kind=LISTED.name,
            title=Message("“%(thing)s” stands in the collection “%(title)s”",
                          {"thing": thing.title, "title": collection.title}),
            text=Message("Why it was chosen: %(reason)s\n\nIf you do not want that, you can have "
                         "it taken out.", {"reason": item.reason}),
            url=f"{path_of(collection)}/listed",
            key=f"feed.listed:{item.id}",
            subject=subject_of(collection.id),
            heading=collection.title,
        )  # fmt: skip
        tell(node, session, sorted(thing.people - {viewer.id}), notice)


def tell_new(node: Node, session: Session, collection: Collection, viewer: Viewer) -> None:
    """Tell those who follow a collection that there is something new, once a day at most."""
    day = node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()
    notice = Notice(
        kind=NEW.name,
        title=Message("New in the collection “%(title)s”", {"title": collection.title}),
        text=Message("See what was added.", {}),
        url=path_of(collection),
        key=f"feed.collection:{collection.id}:{day}",
        subject=subject_of(collection.id),
        heading=collection.title,
    )
    follows.tell(node, session, subject_of(collection.id), notice, but=viewer.id)


def tell_editions(node: Node, session: Session, collection: Collection, viewer: Viewer) -> None:
    """Tell those who follow the weekly selection that this week's is there."""
    notice = Notice(
        kind=EDITION.name,
        title=Message("The selection of the week: %(title)s", {"title": collection.title}),
        text=collection.intro[:500] or Message("See what was chosen.", {}),
        url=path_of(collection),
        key=f"feed.weekly:{collection.week}",
        subject=WEEKLY,
        heading=collection.title,
    )
    follows.tell(node, session, WEEKLY, notice, but=viewer.id)
