"""A producer of another node, and what that node sends of their catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from wizzle.core.answers import Followed, PublishedItem, Taken
from wizzle.core.node import Node
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
