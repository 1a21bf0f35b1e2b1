"""A producer of another node, and what that node sends of their catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from wizzle.core.hookspecs import hookimpl
from wizzle.core.node import Node
from wizzle.core.talk import Followed, Peer, PublishedItem, Taken
from wizzle.core.testing import FixedClock
from wizzle.core.values import EMPTY_DIGEST, item_mark, xor
from wizzle.plugins.trade.copies import actions
from wizzle.plugins.trade.goods.rules import Good, to_proposal, to_tombstone

BASE = "https://wanju.example"
SELLER = f"{BASE}/orgs/4"


@dataclass
class Farm:
    """Publishes goods on its own node, and sends them as that node would."""

    node: Node
    clock: FixedClock
    actor: str = SELLER
    goods: dict[str, Good] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    def offer(self, number: int, **changes: Any) -> str:
        """Offer a good, or a changed one, as its next version; return its address."""
        uri = f"{BASE}/proposals/{number}"
        version = self.versions[uri] = self.versions.get(uri, 0) + 1
        standing = self.goods.get(uri) or Good(
            uri=uri, version=version, updated=self.clock.now(), seller=self.actor,
            name=f"배추 {number}", unit_code="head", unit_label="포기", price=3000 + number,
            origin="전북 완주", category="채소", producer="완주농부", available=10,
        )  # fmt: skip
        self.goods[uri] = replace(standing, version=version, updated=self.clock.now(), **changes)
        return uri

    def end(self, uri: str) -> PublishedItem:
        """Take a good off; return its tombstone."""
        self.versions[uri] += 1
        del self.goods[uri]
        document = to_tombstone(uri, self.clock.now(), BASE)
        return PublishedItem(uri, self.versions[uri], 0, document, gone=True)

    def item(self, uri: str, **changes: Any) -> PublishedItem:
        good = self.goods[uri]
        return PublishedItem(uri, good.version, 0, {**to_proposal(good, BASE), **changes})

    def digest(self) -> bytes:
        digest = EMPTY_DIGEST
        for uri, good in self.goods.items():
            digest = xor(digest, item_mark(uri, good.version))
        return digest

    def send(
        self, items: Iterable[PublishedItem] | None = None, *, first: bool = False,
        complete: bool = False, anew: bool = False, at: datetime | None = None,
    ) -> Taken:  # fmt: skip
        """Let the node take a page, by itself a whole reading if no things are named."""
        whole = items is None
        page = [self.item(uri) for uri in self.goods] if items is None else list(items)
        followed = Followed(
            "catalog", self.actor, "wanju.example", page, at or self.clock.now(),
            first=first or whole, complete=complete or whole, anew=anew,
        )  # fmt: skip
        with self.node.db.write() as session:
            return actions.take(self.node, session, followed)


@pytest.fixture
def wanju(node: Node, clock: FixedClock) -> Farm:
    """A farm of another node that offers three goods."""
    farm = Farm(node, clock)
    for number in (1, 2, 3):
        farm.offer(number)
    return farm


ENTRY = {
    "id": SELLER, "type": "Organization", "name": "완주농부", "wizzle:goods": 3,
    "wizzle:province": "전북", "wizzle:county": "완주군", "wizzle:representative": "김완주",
    "wizzle:businessNumber": "111-11-11111",
}  # fmt: skip


class Ties:
    """Stands in for the federation: one peer with a list of producers, and what was asked of it."""

    def __init__(self) -> None:
        self.entries: list[Any] = [ENTRY, {"id": "https://evil.example/orgs/1", "name": "x"}]
        self.told: list[tuple[Any, ...]] = []

    @hookimpl
    def peers(self) -> list[Peer]:
        return [Peer("wanju.example", "완주위즐", "전북", f"{BASE}/actor")]

    @hookimpl
    def fetch_document(self, url: str) -> dict[str, Any]:
        assert url.startswith(f"{BASE}/trade/producers?after=")
        return {"orderedItems": self.entries, "next": f"{BASE}/trade/producers?after=50"}

    @hookimpl
    def follow(self, actor: str, publication: str, space_id: int | None) -> bool:
        self.told.append(("follow", actor, publication, space_id))
        return True

    @hookimpl
    def unfollow(self, actor: str, publication: str, space_id: int | None) -> bool:
        self.told.append(("unfollow", actor, publication, space_id))
        return True


@pytest.fixture
def ties(node: Node) -> Ties:
    made = Ties()
    node.host._manager.register(made, name="federation")
    return made
