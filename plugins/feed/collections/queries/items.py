"""What stands in a collection, read anew where each thing lives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import search
from .....core.documents import Document
from .....core.node import Node
from .....core.search import EVERYONE, Asked
from ..models import Declined, Item
from ..rules import MOST_ITEMS, NOT_CHOSEN, parts

FEW = 6
"""So many of each kind are shown to who looks for something to add."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An item and the thing that it names; ``thing`` is None for a place in words, and for what
    nobody but its own people can see any more: such items are ``gone``."""

    item: Item
    thing: Document | None

    @property
    def gone(self) -> bool:
        return self.item.subject is not None and self.thing is None

    @property
    def title(self) -> str:
        return self.thing.title if self.thing else self.item.title


def items_of(session: Session, collection_id: int) -> Sequence[Item]:
    """Return the items of a collection in their order."""
    rows = select(Item).where(Item.collection_id == collection_id)
    return session.scalars(rows.order_by(Item.place, Item.id).limit(MOST_ITEMS)).all()


def shown_items(node: Node, session: Session, collection_id: int) -> list[Shown]:
    """Return the items of a collection with the things that they name, one query a kind."""
    items = items_of(session, collection_id)
    known = things(node, session, (item.subject for item in items if item.subject))
    return [Shown(item, known.get(item.subject or "")) for item in items]


def things(node: Node, session: Session, subjects: Iterable[str]) -> Mapping[str, Document]:
    """Return those of these things that everyone may see now, by subject.

    What can be chosen is what everyone can find: the sources of the search read many at once, and
    say who may see each.
    """
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for subject in set(subjects):
        found = parts(subject)
        if found is not None:
            ids[found[0]].append(found[1])
    if not ids:
        return {}
    return {
        f"{source.kind}:{document.id}": document
        for source in search.searchables(node)
        if source.kind in ids
        for document in source.read(session, ids[source.kind])
        if EVERYONE in document.readers
    }


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that can be added: its subject and what it is called."""

    subject: str
    document: Document


def offered(node: Node, session: Session, asked: Asked) -> list[Offered]:
    """Return what everyone can find by these words, the best of each kind first."""
    found: list[Offered] = []
    for source in search.searchables(node):
        if source.kind in NOT_CHOSEN or not asked:
            continue
        hits = search.hits(session, asked, source.kind, {EVERYONE}, limit=FEW)
        ids = [hit.item_id for hit in hits]
        known = {each.id: each for each in source.read(session, ids)} if ids else {}
        found += [
            Offered(f"{source.kind}:{id_}", known[id_])
            for id_ in ids
            if id_ in known and EVERYONE in known[id_].readers
        ]
    return found


def is_declined(
    session: Session, subject: str, *, collection_id: int, people: Iterable[int], weekly: bool
) -> bool:
    """Say whether those who answer for a thing do not want it here, or not by these people."""
    refused = (Declined.collection_id == collection_id) | Declined.person_id.in_(set(people))
    if weekly:
        refused |= Declined.weekly.is_(True)
    query = select(Declined.id).where(Declined.subject == subject, refused)
    return session.scalar(query.limit(1)) is not None
