"""The fair of the orders' tests, with a resident's account and containers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from market.orders.conftest import Stall, fair, stall  # noqa: F401 fixtures of the tests beside
from sqlalchemy import func, select

from wizzle.core import ledger
from wizzle.core.models import LedgerEntry
from wizzle.plugins.market import bring_back, containers_held, due_of, hand_over, refund
from wizzle.plugins.market.accounts import actions
from wizzle.plugins.market.accounts.models import ContainerMove, Refund, Tender
from wizzle.plugins.market.orders.models import Order, OrderLine


@dataclass
class Purse:
    """What residents pay and get back at the stall, each step in its own transaction."""

    stall: Stall

    def __post_init__(self) -> None:
        self.node = self.stall.node
        self.hub = self.stall.cast.space("hub").id
        self.dana = self.stall.cast.person("dana").id

    def act(self, action: Any, *arguments: Any, **named: Any) -> Any:
        with self.node.db.write() as session:
            return action(self.node, session, *arguments, actor_id=self.dana, **named)

    def hand(self, order: Order, **named: Any) -> int:
        return self.act(hand_over, order.id, **named)

    def back(self, line: OrderLine, amount: int, key: str = "r") -> Refund:
        return self.act(refund, line.id, amount, reason="멍", key=key)

    def due(self, order: Order) -> Any:
        with self.node.db.read() as session:
            return due_of(session, order.id)

    def account(self, name: str = "alice") -> int:
        return self.stall.balance(f"resident:{self.stall.cast.person(name).id}")

    def cash(self) -> int:
        return self.stall.balance(f"cash:{self.hub}")

    def give(self, name: str, amount: int) -> None:
        """Let this person have so many won of credit, or owe them below 0."""
        code = f"resident:{self.stall.cast.person(name).id}"
        draft = ledger.Draft(
            f"given:{self.node.random.token(6)}", "test", "", (("bank", amount), (code, -amount))
        )
        with self.node.db.write() as session:
            ledger.post(session, [draft], self.node.clock.now())

    def tenders(self, order: Order) -> dict[str, tuple[int, int]]:
        with self.node.db.read() as session:
            rows = session.scalars(select(Tender).where(Tender.order_id == order.id))
            return {row.kind: (row.amount, row.refunded) for row in rows}

    def container(self, name: str = "우유병", deposit: int = 500) -> int:
        return self.act(actions.add_container, name=name, deposit=deposit).id

    def boxed(self, container: int, **values: Any) -> int:
        """Put goods on sale that come in this container; their orders say so from the start."""
        return self.stall.product(container_id=container, **values)

    def order(
        self, name: str, wanted: dict[int, int], boxes: dict[int, int] | None = None
    ) -> Order:
        """Order, in these containers by product."""
        made = self.stall.order(name, wanted)
        with self.node.db.write() as session:
            for product, container in (boxes or {}).items():
                session.scalars(
                    select(OrderLine).where(
                        OrderLine.order_id == made.id, OrderLine.product_id == product
                    )
                ).one().container_id = container
        return made

    def bring(self, name: str, container: int, number: int, key: str, **named: Any) -> int:
        person = self.stall.cast.person(name).id
        return self.act(bring_back, person, container, number, host_id=self.hub, key=key, **named)

    def held(self, name: str = "alice") -> list[tuple[str, int, int]]:
        with self.node.db.read() as session:
            found = containers_held(session, self.stall.cast.person(name).id)
            return [(each.name, each.number, each.amount) for each in found]

    def check(self) -> None:
        """The books hold: every won that was taken is where it belongs (I4, I5, I6, I10)."""
        with self.node.db.read() as session:
            assert ledger.verify(session).ok
            assert session.scalar(select(func.coalesce(func.sum(LedgerEntry.amount), 0))) == 0
            paid, refunded = session.execute(
                select(func.coalesce(func.sum(OrderLine.paid), 0),
                       func.coalesce(func.sum(OrderLine.refunded), 0))
            ).one()  # fmt: skip
            given, back = session.execute(
                select(func.coalesce(func.sum(Tender.amount), 0),
                       func.coalesce(func.sum(Tender.refunded), 0))
            ).one()  # fmt: skip
            refunds = session.scalar(select(func.coalesce(func.sum(Refund.amount), 0)))
            assert (paid, refunded) == (given, back)
            assert refunds == refunded
            assert ledger.balance(session, "held") == paid - refunded
            charged = session.scalar(
                select(func.coalesce(func.sum(ContainerMove.number * ContainerMove.deposit), 0))
            )
            assert ledger.balance(session, "deposit") == charged >= 0


@pytest.fixture
def purse(stall: Stall) -> Purse:  # noqa: F811
    return Purse(stall)
