"""Collections as they are found, followed as news, reported, and taken along."""

from __future__ import annotations

from collections.abc import Collection as Ids
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData, Thing
from .....core.documents import Document, Feed, FeedEntry, Searchable
from .....core.node import Node
from .....core.search import EVERYONE, of_person
from .....core.values import Message, Text
from ...circles import faces_of
from ..models import Collection, Curator, CuratorPage, Item
from ..rules import KIND, PAGE, WEEKLY, number_of
from .cards import AnyRow, cards_of, public_cards

_THINGS = Message("%(num)s things", {})


def _read(session: Session, collection_ids: Ids[int]) -> Sequence[Document]:
    reasons = select(Item.collection_id, Item.reason).where(Item.collection_id.in_(collection_ids))
    words: dict[int, list[str]] = {}
    for collection_id, reason in session.execute(reasons.order_by(Item.place)):
        words.setdefault(collection_id, []).append(reason)
    return [_document(row, words.get(row.id, ())) for row in cards_of(session, collection_ids)]


def _document(row: AnyRow, reasons: Sequence[str]) -> Document:
    seen = row.public and row.hidden_at is None
    owner = {of_person(row.owner_id)} if row.owner_id is not None else set()
    return Document(
        id=row.id,
        title=row.title,
        path=f"/collections/{row.id}",
        readers=frozenset({EVERYONE} if seen else owner),
        text="\n".join((row.intro, *reasons)),
        about=(Message(_THINGS.text, {"num": row.items}), *filter(None, (row.curator,))),
        picture=row.digest,
        changed_at=row.changed_at,
    )


def _ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Collection.id).where(Collection.id > after).order_by(Collection.id)
    return list(session.scalars(query.limit(limit)))


COLLECTIONS = Searchable(KIND, Text("모음", "Collections"), _read, _ids, order=30)


def _entries(session: Session, limit: int) -> Sequence[FeedEntry]:
    return [
        FeedEntry(f"collection-{row.id}", row.title, f"/collections/{row.id}", row.published_at,
                  row.intro[:300])
        for row in public_cards(session, limit=limit)
    ]  # fmt: skip


NEWS = Feed("collections", Text("새 모음", "New collections"), _entries, order=60)


def thing(node: Node, session: Session, subject: str) -> Thing | None:
    """Return the collection, the curator's page or the weekly selection that a subject names."""
    if subject == WEEKLY:
        kind = Message("Selection of the week", {})
        title = node.catalogues.tongue(node.settings.node.languages[0]).say(kind)
        return Thing(subject, kind, title, "/weekly", can_follow=True)
    if (number := number_of(subject, KIND)) is not None:
        return _collection(session, subject, number)
    if (number := number_of(subject, PAGE)) is not None:
        return _page(session, subject, number)
    return None


def _collection(session: Session, subject: str, number: int) -> Thing | None:
    found = session.get(Collection, number)
    if found is None or not (found.public or found.hidden_at):
        return None  # nobody but those who make it knows that it is there, or what it says now
    joined = select(Curator.person_id).where(
        Curator.collection_id == number, Curator.accepted_at.is_not(None)
    )
    owner = {found.owner_id} if found.owner_id is not None else set()
    return Thing(
        subject, Message("Collection", {}), found.title, f"/collections/{number}",
        frozenset(owner | set(session.scalars(joined))),
        can_follow=found.public and found.hidden_at is None,
    )  # fmt: skip


def _page(session: Session, subject: str, number: int) -> Thing | None:
    page = session.get(CuratorPage, number)
    if page is None or not page.shown:
        return None
    name = faces_of(session, [number])[number].name
    kind = Message("Curator", {})
    return Thing(subject, kind, name, f"/curators/{number}", frozenset({number}))


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what somebody chose and wrote in collections, for them to take along."""
    columns = ("title", "intro", "week", "public", "published_at", "created_at", "changed_at")
    kept = {
        "collections": select(*(Collection.__table__.c[name] for name in columns)).where(
            Collection.owner_id == person_id
        ),
        "collected": select(
            Collection.title.label("collection"), Item.title, Item.address, Item.reason,
            Item.added_at,
        )
        .join(Item, Item.collection_id == Collection.id)
        .where(Item.added_by == person_id)
        .order_by(Item.id),
        "collections-with-others": select(
            Collection.title, Curator.invited_at, Curator.accepted_at
        )
        .join(Curator, Curator.collection_id == Collection.id)
        .where(Curator.person_id == person_id),
        "curator-page": select(
            CuratorPage.words, CuratorPage.shown, CuratorPage.changed_at
        ).where(CuratorPage.person_id == person_id),
    }  # fmt: skip
    return PersonalData.read(session, kept)
