"""Documents: what plugins answer when they are asked what can be found, followed and shared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from .values import Message, Text


@dataclass(frozen=True, slots=True)
class Document:
    """A thing with a page of its own, as it is found, listed and shared.

    ``text`` is searched besides the title and not shown; ``about`` is the line under the title,
    its parts in the language of whoever looks. ``readers`` are ``core.search.EVERYONE`` for what
    is public, else whose it is. ``more`` is for the template that its kind draws a hit with.
    """

    id: int
    title: str
    path: str
    readers: frozenset[str]
    text: str = ""
    about: tuple[str | Message, ...] = ()
    picture: str | None = None
    changed_at: datetime | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Searchable:
    """Things of one kind (a word of small letters) that can be found.

    ``read`` returns those of these ids that exist, as they are now, whoever may see them; ``ids``
    returns up to ``limit`` ids above ``after``, rising. Whoever changes one says so by
    ``core.search.changed`` in the same transaction. ``may`` returns those of these ids that a
    person may see (None: a stranger), where that depends on more than ``readers`` can say.
    """

    kind: str
    titles: Text
    read: Callable[[Session, Collection[int]], Sequence[Document]]
    ids: Callable[[Session, int, int], Sequence[int]]
    order: int = 50
    template: str = "core/search/hit.html"
    may: Callable[[Session, Collection[int], int | None], Collection[int]] | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """What is a person's own, of one kind, few enough to be looked through each time.

    ``read`` returns it for the id of a person, the newest first.
    """

    kind: str
    titles: Text
    read: Callable[[Session, int], Sequence[Document]]
    order: int = 10
    template: str = "core/search/hit.html"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that is news: ``name`` is its own within the feed, for ever ("round-12-opened").

    ``path`` is that of the page that tells more; title and text are put in the reader's language.
    """

    name: str
    title: str | Message
    path: str
    at: datetime
    text: str | Message = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """News of one kind, public, that programs read at ``/feeds/<name>.atom``.

    ``entries`` returns up to ``limit`` of them, the newest first.
    """

    name: str
    titles: Text
    entries: Callable[[Session, int], Sequence[FeedEntry]]
    order: int = 50
