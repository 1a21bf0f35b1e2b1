"""Votes of the fund as a test needs them: prepared, fixed, taken part in, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.plugins.fund.ballots import actions, queries
from wizzle.plugins.fund.ballots.rules import Terms

from .cast import Cast
from .programmes import programme

_NUMBERS = count(1)


@dataclass
class Votes:
    """What the steward does with votes; ``codes`` are those of the last roll that was made."""

    node: Node
    clock: FixedClock
    cast: Cast
    codes: Sequence[str] = ()

    def __post_init__(self) -> None:
        self.keeper = self.cast.person("bob").id

    def terms(self, **more: Any) -> Terms:
        now = self.clock.now()
        said: dict[str, Any] = {
            "title": "올해 우리 동네 제안", "form": "approval", "rule": "equal-shares", "step": 100,
            "electorate": "roll", "opens_at": now, "closes_at": now + timedelta(days=7), **more,
        }  # fmt: skip
        return Terms(**said)

    def draft(self, costs: Sequence[int] = (400_000, 300_000, 500_000), *, money: int = 1_000_000,
              **more: Any) -> int:  # fmt: skip
        with self.node.db.write() as session:
            made, _ = programme(self.node, session, money=money, costs=costs)
            return actions.prepare(
                self.node, session, made, self.terms(**more), key=f"v{next(_NUMBERS)}",
                actor_id=self.keeper,
            ).id  # fmt: skip

    def opened(self, number: int = 12, names: Sequence[str] = (), **more: Any) -> int:
        """Fix a vote with so many codes on its roll, and these names or addresses."""
        vote_id = self.draft(**more)
        with self.node.db.write() as session:
            if more.get("electorate", "roll") == "roll":
                self.codes = actions.make_codes(
                    self.node, session, vote_id, number, actor_id=self.keeper
                )
                actions.add_names(self.node, session, vote_id, names, actor_id=self.keeper)
            actions.freeze(self.node, session, vote_id, actor_id=self.keeper)
        return vote_id

    def cast_all(self, ballots: Sequence[Sequence[int]]) -> None:
        for code, ballot in zip(self.codes, ballots, strict=False):
            with self.node.db.write() as session:
                actions.cast_by_code(self.node, session, code, ballot)

    def counted(self, ballots: Sequence[Sequence[int]], **more: Any) -> int:
        """Return a vote that was counted with these ballots."""
        vote_id = self.opened(max(12, len(ballots)), **more)
        self.cast_all(ballots)
        self.over()
        actions.close(self.node, vote_id)
        return vote_id

    def over(self) -> None:
        self.clock.advance(days=8)

    def told(self, vote_id: int) -> Any:
        with self.node.db.read() as session:
            return queries.result_of(session, vote_id)
