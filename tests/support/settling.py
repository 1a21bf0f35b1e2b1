"""A round of dana's hub that is handed out, refunded and settled as a test needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from wizzle.core import ledger
from wizzle.core.models import LedgerEntry, LedgerPosting
from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.assembly.settlement.actions import settle
from wizzle.plugins.assembly.settlement.models import SettledLine, Settlement
from wizzle.plugins.market import order_lines, orders_of

from .rounds import Round


@dataclass
class Sold(Round):
    """A round whose orders become money."""

    @property
    def dana(self) -> int:
        return self.cast.person("dana").id

    def ready(
        self, orders: Mapping[str, Mapping[int, int]], farms: Sequence[str] = ("farm",)
    ) -> Sold:
        """Open a round of all goods of these farms, order, and come to the day of collection."""
        self.draft().offer(*farms).to("open")
        for name, wanted in orders.items():
            self.order(name, dict(wanted), key=f"{name}-{self.id}")
        self.to("distributing")
        return self

    def waiting(self) -> list[Any]:
        with self.node.db.read() as session:
            return list(orders_of(session, self.occasion, states=("placed",)))

    def lines(self) -> list[Any]:
        with self.node.db.read() as session:
            return list(order_lines(session, self.occasion))

    def hand_over(self, *order_ids: int) -> Sold:
        """Hand these orders over, all that wait if none is named."""
        for order_id in order_ids or [order.id for order in self.waiting()]:
            with self.node.db.write() as session:
                cycles.hand_over(self.node, session, self.id, order_id, actor_id=self.dana)
        return self

    def give_up(self, order_id: int) -> None:
        with self.node.db.write() as session:
            cycles.mark_not_collected(
                self.node, session, self.id, order_id, reason="안 오심", actor_id=self.dana
            )

    def refund(self, line_id: int, amount: int, key: str = "1") -> None:
        with self.node.db.write() as session:
            cycles.refund(
                self.node, session, self.id, line_id, amount,
                reason="무름", key=key, actor_id=self.dana,
            )  # fmt: skip

    def settle(self, **more: Any) -> Settlement:
        with self.node.db.write() as session:
            return settle(self.node, session, self.id, actor_id=self.dana, **more)

    def settled_lines(self) -> list[SettledLine]:
        with self.node.db.read() as session:
            query = select(SettledLine).where(SettledLine.cycle_id == self.id)
            found = list(session.scalars(query.order_by(SettledLine.line_id)))
            session.expunge_all()
            return found

    def balance(self, kind: str, space: str | None = None) -> int:
        code = ledger.account(kind, None if space is None else self.cast.space(space).id)
        with self.node.db.read() as session:
            return ledger.balance(session, code)

    def proof(self) -> ledger.Verification:
        with self.node.db.read() as session:
            return ledger.verify(session)

    def books(self) -> tuple[int, int]:
        """How many postings and entries there are."""
        with self.node.db.read() as session:
            return (
                len(session.scalars(select(LedgerPosting.id)).all()),
                len(session.scalars(select(LedgerEntry.id)).all()),
            )
