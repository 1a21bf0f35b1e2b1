"""A fund with kinds of membership, and members of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

import pytest
from support.cast import Cast

from wizzle.core import ledger
from wizzle.core.node import Node
from wizzle.plugins.fund.dues import actions, queries
from wizzle.plugins.fund.dues.actions import Came, KindSaid
from wizzle.plugins.fund.dues.rules import CAPITAL, DUES
from wizzle.plugins.fund.earmarks import queries as earmarks

KEYS = count(1)
COOP = KindSaid("조합원", "함께 운영해요.", "month", 10_000, 5_000, 2)
FRIEND = KindSaid("후원회원", "응원해요.", "year", 30_000, 0, 0)


@dataclass
class Club:
    """Kinds and members of a node; ``bob`` is the steward, who keeps the fund too."""

    node: Node
    cast: Cast

    def kind(self, said: KindSaid = COOP) -> int:
        with self.node.db.write() as session:
            made = actions.make_kind(
                self.node, session, said, key=said.name, actor_id=self.cast.person("bob").id
            )
            return made.id

    def applies(self, name: str, said: KindSaid = COOP) -> int:
        kind, key = self.kind(said), f"k{next(KEYS)}"
        person = self.cast.person(name).id
        with self.node.db.write() as session:
            return actions.apply(self.node, session, person, kind, words="", key=key).id

    def joins(self, name: str, said: KindSaid = COOP, since: date | None = None) -> int:
        member_id = self.applies(name, said)
        with self.node.db.write() as session:
            actions.accept(self.node, session, member_id, owes_from=since, actor_id=self.bob)
        return member_id

    @property
    def bob(self) -> int:
        return self.cast.person("bob").id

    def came(self, amount: int, key: str = "", **options: object) -> Came:
        key = key or f"c{next(KEYS)}"
        return Came(amount, self.today, key, actor_id=self.bob, **options)  # type: ignore[arg-type]

    @property
    def today(self) -> date:
        from wizzle.plugins.fund.dues.actions.held import today

        return today(self.node)

    def pays(self, member_id: int, amount: int, **options: object) -> int:
        with self.node.db.write() as session:
            came = self.came(amount, **options)
            return actions.dues_came(self.node, session, member_id, came).id

    def buys(self, member_id: int) -> int:
        """Pay in all that is wanted; return the number of the last money."""
        made = 0
        with self.node.db.write() as session:
            for each in queries.purchases(session, member_id):
                came = self.came(each.amount)
                made = actions.shares_came(self.node, session, each.id, came).id
        return made

    def check(self) -> None:
        """Hold the ledger against what stands with the members."""
        with self.node.db.read() as session:
            register = sum(row.won for row in queries.register(session, limit=100))
            assert sum(ledger.balances(session, "capital").values()) == register
            assert queries.all_capital(session) == register
            assert ledger.verify(session).ok
            assert earmarks.free(session) >= 0

    def open(self, member_id: int) -> int:
        with self.node.db.read() as session:
            return queries.open_won(session, member_id)

    def credit(self, member_id: int) -> int:
        with self.node.db.read() as session:
            assert queries.received(session, member_id, DUES) >= 0
            assert queries.received(session, member_id, CAPITAL) >= 0
            return queries.credit(session, member_id)


@pytest.fixture
def club(node: Node, cast: Cast) -> Club:
    """Kinds and members of ``node``."""
    return Club(node, cast)
