"""A garden that one node publishes, a cellar on another that keeps what grows, and both nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wizzle.core.hookspecs import hookimpl
from wizzle.core.models import Job
from wizzle.core.node import Node
from wizzle.core.talk import (
    Followed,
    Following,
    Publication,
    PublicationState,
    PublishedItem,
    Taken,
)
from wizzle.core.testing import FixedClock
from wizzle.core.values import EMPTY_DIGEST, Text, item_mark, xor
from wizzle.core.work import work_once
from wizzle.federation.exchange import models, queries
from wizzle.federation.exchange.actions import pulling

from .federated import Wire


def digest_of(items: Sequence[PublishedItem]) -> bytes:
    digest = EMPTY_DIGEST
    for each in items:
        digest = xor(digest, item_mark(each.uri, each.version))
    return digest


@dataclass
class Garden:
    """A plugin that publishes what grows, kept in memory; every change is known at once."""

    base: str
    growing: dict[str, PublishedItem] = field(default_factory=dict)
    seq: int = 0
    forgotten: int = 0
    pages: int = 0
    looks: Callable[..., Sequence[PublishedItem]] = lambda *_: ()

    def grow(self, *names: str) -> None:
        for name in names:
            self.seq += 1
            uri = f"{self.base}/plants/{name}"
            version = self.growing[uri].version + 1 if uri in self.growing else 1
            document = {"type": "Note", "name": name}
            self.growing[uri] = PublishedItem(uri, version, self.seq, document)

    def pull_out(self, name: str) -> None:
        self.seq += 1
        uri = f"{self.base}/plants/{name}"
        gone = {"type": "Tombstone", "formerType": "Note"}
        version = self.growing[uri].version + 1
        self.growing[uri] = PublishedItem(uri, version, self.seq, gone, gone=True)

    @property
    def standing(self) -> list[PublishedItem]:
        return [each for each in self.growing.values() if not each.gone]

    def page(
        self, _node: Node, _session: Session, _space: int, seq: int, limit: int, since: bool
    ) -> list[PublishedItem]:
        self.pages += 1
        listed = self.growing.values() if since else self.standing
        after = sorted((e for e in listed if e.seq > seq), key=lambda each: each.seq)
        return after[:limit]

    @hookimpl
    def publications(self) -> list[Publication]:
        return [
            Publication(
                name="garden", titles=Text("텃밭", "Garden"),
                freshen=self.looks,
                state=lambda *_: PublicationState(
                    len(self.standing), self.seq, digest_of(self.standing)
                ),
                page=self.page,
                item=lambda _n, _s, uri: self.growing.get(uri),
                oldest=lambda *_: self.forgotten,
            )
        ]  # fmt: skip


@dataclass
class Cellar:
    """A plugin that keeps what a garden elsewhere sends; what is called a weed it cannot use."""

    kept: dict[str, PublishedItem] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    batches: int = 0

    def take(self, _node: Node, _session: Session, batch: Followed) -> Taken:
        self.batches += 1
        if batch.first:
            self.seen = set()
        refused = {}
        for each in batch.items:
            self.seen.add(each.uri)
            known = self.kept.get(each.uri)
            if known is not None and known.version > each.version and not batch.anew:
                continue
            if each.gone:
                self.kept.pop(each.uri, None)
            elif "weed" in each.uri:
                refused[each.uri] = "weeds are not kept"
            else:
                self.kept[each.uri] = replace(each, seq=0)
        if batch.complete:
            self.kept = {uri: each for uri, each in self.kept.items() if uri in self.seen}
        return Taken(len(self.kept), digest_of(list(self.kept.values())), refused)

    @hookimpl
    def followings(self) -> list[Following]:
        return [Following("garden", self.take, lambda *_: self.kept.clear())]


@dataclass
class Pair:
    """A node with a garden, one with a cellar, and the wire between them."""

    wire: Wire
    wanju: Node
    gangbuk: Node
    garden: Garden
    cellar: Cellar
    clock: FixedClock
    actor: str

    def settle(self) -> None:
        """Do all that is due on both nodes, and what comes of it."""
        for _ in range(6):
            if not work_once(self.gangbuk) + work_once(self.wanju):
                return

    def follow(self) -> None:
        with self.gangbuk.db.write() as session:
            self.gangbuk.hooks.follow(node=self.gangbuk, session=session, actor=self.actor,
                                      publication="garden", space_id=None)  # fmt: skip
        self.settle()

    def minute(self) -> None:
        self.clock.advance(seconds=61)
        self.settle()

    @property
    def names(self) -> set[str]:
        return {uri.rpartition("/")[2] for uri in self.cellar.kept}

    def followed(self) -> models.Followed:
        with self.gangbuk.db.read() as session:
            found = queries.followed(session, self.actor, "garden")
            session.expunge_all()
        assert found is not None
        return found


def waiting_pulls(pair: Pair) -> int:
    with pair.gangbuk.db.read() as session:
        found = select(func.count()).where(Job.kind == pulling.PULL, Job.state == "waiting")
        return int(session.scalar(found) or 0)
