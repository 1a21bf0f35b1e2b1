"""Sales posted to the ledger as the plugins post them, with buyers who are only numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from types import ModuleType

from sqlalchemy.orm import Session

from wizzle.core import ledger
from wizzle.core.hookspecs import hookimpl
from wizzle.core.node import Node
from wizzle.plugins.locality.network.actions.counting import count_on

from .cast import Cast

_NUMBERS = count(1)
"""Of postings: examples of one test play on one node."""

Behind = dict[tuple[str, int | None], int]


@dataclass
class Money:
    """Posts sales; ``behind`` answers how many residents stand behind them, for the market."""

    node: Node
    cast: Cast
    behind: Behind = field(default_factory=dict)

    def settle(self, round_: int, sales: dict[str, tuple[int, int]], total: int = 0) -> None:
        """Settle a round: each seller sold for so many won to so many residents (of ``total``)."""
        subject, drafts = f"cycle:{round_}", []
        hub = self.cast.space("hub").id
        for name, (won, buyers) in sales.items():
            seller = self.cast.space(name).id
            activist, centre = won * 7 // 100, won * 8 // 100
            self.behind[(subject, seller)] = buyers
            entries = (
                ("held", won), (f"producer:{seller}", activist + centre - won),
                (f"activist:{hub}", -activist), ("centre", -centre),
            )  # fmt: skip
            drafts.append(self.draft(subject, *(each for each in entries if each[1])))
        most = max((buyers for _, buyers in sales.values()), default=0)
        self.behind[(subject, None)] = total or most
        self.post(*drafts)

    def sell(self, shop: str, won: int, order: int) -> None:
        """Hand an order over in a shop, paid in cash."""
        seller = self.cast.space(shop).id
        self.behind[(f"order:{order}", seller)] = 1
        entries = (f"cash:{seller}", won), (f"producer:{seller}", -won)
        self.post(self.draft(f"order:{order}", *entries))

    def draft(self, subject: str, *entries: tuple[str, int]) -> ledger.Draft:
        return ledger.Draft(f"made:{next(_NUMBERS)}", subject, "made up", entries)

    def post(self, *drafts: ledger.Draft) -> None:
        with self.node.db.write() as session:
            ledger.post(session, drafts, self.node.clock.now())

    def add_up(self, piece: int = 2_000) -> None:
        """Add the ledger up to its end, in pieces of so many entries."""
        with self._answering():
            while True:
                with self.node.db.write() as session:
                    if not count_on(self.node, session, piece):
                        return

    @contextmanager
    def _answering(self) -> Iterator[None]:
        behind = self.behind

        @hookimpl(tryfirst=True)
        def buyers(session: Session, subjects: frozenset[str], seller_id: int | None) -> int:
            return sum(behind.get((each, seller_id), 0) for each in subjects)

        module = ModuleType("made_up_market")
        module.buyers = buyers  # type: ignore[attr-defined]
        manager = self.node.host._manager
        manager.register(module)
        try:
            yield
        finally:
            manager.unregister(module)
