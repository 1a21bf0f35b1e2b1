"""Naming things in a post: what can be named, found by its words, and read anew where it lives.

What a post names is asked of the sources of the search, many at once: they say what is public now,
so that nothing hidden, gone or meant for fewer is ever shown by its name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from .....core import search
from .....core.documents import Document
from .....core.node import Node
from .....core.search import EVERYONE, Asked
from ...circles.queries import are_apart

NOT_NAMED = frozenset({"post"})
"""Posts are passed on, not named."""

FEW = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a post names: what it is called now, and the path of its page."""

    subject: str
    title: str
    path: str
    kind: str


def named(node: Node, session: Session, subjects: Collection[str]) -> list[Named]:
    """Return those of these things that everyone may see now, in their order; one query a kind."""
    by_kind: dict[str, list[int]] = {}
    for subject in subjects:
        kind, _, number = subject.partition(":")
        if number.isascii() and number.isdecimal() and len(number) < 10 and kind not in NOT_NAMED:
            by_kind.setdefault(kind, []).append(int(number))
    found: dict[str, Named] = {}
    for kind, ids in by_kind.items():
        source = search.source_of(node, kind)
        if source is not None:
            for document in source.read(session, ids):
                if EVERYONE in document.readers:
                    found[f"{kind}:{document.id}"] = _named(kind, document)
    return [found[subject] for subject in dict.fromkeys(subjects) if subject in found]


def nameable(
    node: Node, session: Session, subjects: Collection[str], author_id: int
) -> list[Named]:
    """Return what an author may name of these: not people from whom they are kept apart."""
    return [
        each
        for each in named(node, session, subjects)
        if not (each.kind == "person" and are_apart(session, author_id, _number(each.subject)))
    ]


def suggestions(node: Node, session: Session, words: str, author_id: int) -> list[Named]:
    """Return things whose names hold these words: shops, goods, organisations, events, people."""
    asked = Asked.read(words)
    if not asked:
        return []
    subjects = [
        f"{source.kind}:{hit.item_id}"
        for source in search.searchables(node)
        if source.kind not in NOT_NAMED
        for hit in search.hits(session, asked, source.kind, {EVERYONE}, limit=FEW)
    ]
    return nameable(node, session, subjects, author_id)


def _named(kind: str, document: Document) -> Named:
    return Named(f"{kind}:{document.id}", document.title, document.path, kind)


def _number(subject: str) -> int:
    return int(subject.partition(":")[2])


def subjects_in(found: Sequence[Named]) -> list[str]:
    """Return the subjects of these things."""
    return [each.subject for each in found]
