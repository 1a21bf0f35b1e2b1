"""A round whose goods arrive: what a hub does with them, as a test needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from wizzle.core import outbox
from wizzle.core.models import Job
from wizzle.core.node import Node
from wizzle.core.work import works
from wizzle.plugins.assembly.receiving import actions, queries
from wizzle.plugins.assembly.receiving.actions import Count
from wizzle.plugins.market import Order, OrderEvent, OrderLine, Swap

from .rounds import Round


@dataclass
class Arrival:
    """What a test does with a round whose goods have come."""

    round: Round

    @property
    def node(self) -> Node:
        return self.round.node

    @property
    def dana(self) -> int:
        return self.round.cast.person("dana").id

    def wish(self, order: Order, wish: str, up_to: int | None = None) -> None:
        """Set what is to be done if too little comes of anything in an order."""
        with self.node.db.write() as session:
            for line in session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)):
                line.wish, line.substitute_up_to = wish, up_to

    def count(self, came: dict[int, int], versions: dict[int, int] | None = None) -> int:
        with self.node.db.write() as session:
            rows = queries.counted(session, self.round.id, came)
            counts = {
                product: Count(units, (versions or {}).get(product, rows[product].version))
                for product, units in came.items()
            }
            return actions.count(self.node, session, self.round.id, counts, actor_id=self.dana)

    def share(self, *products: int) -> int:
        with self.node.db.read() as session:
            found = queries.shortages(session, self.round.id, products or None)
            shown = {each.product.product_id: each.mark for each in found}
        return self.share_as(shown)

    def share_as(self, shown: dict[int, str]) -> int:
        with self.node.db.write() as session:
            return actions.share(
                self.node, session, self.round.id, shown, reason="덜 왔어요", actor_id=self.dana
            )

    def replace(self, *swaps: Swap) -> None:
        with self.node.db.write() as session:
            actions.replace(
                self.node, session, self.round.id, swaps, reason="덜 왔어요", actor_id=self.dana
            )

    def lines(self, order: Order) -> list[OrderLine]:
        with self.node.db.read() as session:
            found = list(
                session.scalars(
                    select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
                )
            )
            session.expunge_all()
            return found

    def line(self, order: Order) -> OrderLine:
        return self.lines(order)[0]

    def events(self, order: Order) -> list[OrderEvent]:
        with self.node.db.read() as session:
            found = list(
                session.scalars(
                    select(OrderEvent)
                    .where(OrderEvent.order_id == order.id)
                    .order_by(OrderEvent.id)
                )
            )
            session.expunge_all()
            return found

    def letters(self, word: str = "") -> list[dict[str, str]]:
        """Return the mails that wait to be sent with this word in their text or subject."""
        with self.node.db.read() as session:
            jobs = session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id))
            mails = [dict(job.payload) for job in jobs if job.payload]
        return [mail for mail in mails if word in mail["subject"] + mail["text"]]

    def later(self, **span: int) -> None:
        """Let time pass, and do what has fallen due but for sending mail."""
        self.round.clock.set(self.round.clock.now() + timedelta(**span))
        table = {kind: do for kind, do in works(self.node).items() if kind != "mail"}
        outbox.run_due(self.node.db, self.node.clock, table)
