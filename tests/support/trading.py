"""A hub in Gangbuk that orders from a producer in Wanju, each on a node of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from wizzle.core import ledger, outbox
from wizzle.core.models import Space
from wizzle.core.node import Node
from wizzle.core.work import works
from wizzle.plugins.market import Product, deliver_less
from wizzle.plugins.trade.books.models import Booking
from wizzle.plugins.trade.copies.models import Copy, Source
from wizzle.plugins.trade.goods.models import Catalogue
from wizzle.plugins.trade.orders import actions
from wizzle.plugins.trade.orders.actions import Sent as Goods
from wizzle.plugins.trade.orders.models import TradeEvent, TradeLine, TradeOrder

from .cast import Cast
from .post import Post
from .settling import Sold
from .telling import words

GANGBUK, WANJU = "gangbuk.example", "wanju.example"


@dataclass
class Pair:
    """``sold`` is the hub's round in Gangbuk; ``wanju`` is where erin's farm lives."""

    sold: Sold
    wanju: Node
    post: Post
    there: Cast
    goods: dict[str, int] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)
    mirror: int = 0

    @property
    def gangbuk(self) -> Node:
        return self.sold.node

    # Setting the stage

    def grow(self, name: str, **more: Any) -> int:
        """Let the farm in Wanju sell something, copied and offered in Gangbuk; its id there."""
        values = {"price": 1000, "stock": 100, "unit_label": "한 봉", **more}
        farm, now = self.there.space("farm"), self.wanju.clock.now()
        with self.wanju.db.write() as session:
            product = Product(seller_id=farm.id, name=name, created_at=now, updated_at=now,
                              origin="전북 완주", **values)  # fmt: skip
            session.add(product)
            if session.get(Catalogue, farm.id) is None:
                session.add(Catalogue(space_id=farm.id, published=True))
        self.goods[name] = product.id
        self._mirror(name, product)
        return product.id

    def _mirror(self, name: str, product: Product) -> None:
        now = self.gangbuk.clock.now()
        actor = f"https://{WANJU}/orgs/{product.seller_id}"
        with self.gangbuk.db.write() as session:
            source = session.scalar(select(Source).where(Source.actor == actor))
            if source is None:
                space = Space(kind="producer", slug="wanju-farm", name="완주 산지",
                              home=actor, created_at=now)  # fmt: skip
                session.add(space)
                session.flush()
                source = Source(actor=actor, host=WANJU, seller_id=space.id, name=space.name,
                                created_at=now)  # fmt: skip
                session.add(source)
                session.flush()
            self.mirror = source.seller_id
            here = Product(
                seller_id=source.seller_id, name=name, unit_label=product.unit_label,
                price=product.price, sold_by=product.sold_by or "piece",
                expected_g=product.expected_g, created_at=now, updated_at=now,
            )  # fmt: skip
            session.add(here)
            session.flush()
            session.add(
                Copy(
                    source_id=source.id, uri=f"https://{WANJU}/proposals/{product.id}",
                    version=1, name=name, unit_code="piece", unit_label=product.unit_label,
                    price=product.price, tax_class="exempt", details={}, updated=now,
                    fetched_at=now, product_id=here.id,
                )
            )  # fmt: skip
        self.copies[name] = here.id
        self.sold.products.append(here.id)

    def change(self, name: str, **values: Any) -> None:
        """Let the producer change something of its goods, which Gangbuk does not know yet."""
        with self.wanju.db.write() as session:
            product = session.get_one(Product, self.goods[name])
            for key, value in values.items():
                setattr(product, key, value)

    def stock(self, name: str) -> int | None:
        with self.wanju.db.read() as session:
            return session.get_one(Product, self.goods[name]).stock

    def ordered(self, orders: dict[str, dict[str, int]]) -> Pair:
        """Open a round, let residents order, and close it; nothing has been brought yet."""
        self.sold.draft()
        with self.gangbuk.db.write() as session:
            from wizzle.plugins.assembly.cycles import actions as cycles

            cycles.choose_producers(self.gangbuk, session, self.sold.id, [self.mirror],
                                    actor_id=self.sold.dana)  # fmt: skip
        self.sold.to("open")
        for person, wanted in orders.items():
            items = {self.copies[name]: units for name, units in wanted.items()}
            self.sold.order(person, items, key=f"{person}-{self.sold.id}")
        self.sold.to("closed")
        return self

    def work(self) -> None:
        """Do all jobs of trade that are due, on both nodes."""
        for node in (self.gangbuk, self.wanju):
            own = {kind: each for kind, each in works(node).items() if kind.startswith("trade.")}
            while outbox.run_due(node.db, node.clock, own):
                pass

    def settle_down(self, *, refusing: bool = False, **more: Any) -> Pair:
        """Bring letters and do jobs until nothing moves any more."""
        for _ in range(20):
            self.work()
            if not self.post.bring(**more):
                break
        else:
            raise AssertionError("it never comes to rest")
        if not refusing:
            refused = [str(each) for _, each in self.post.refused]
            assert refused == [], refused
        return self

    # Looking

    def order(self, node: Node) -> TradeOrder:
        with node.db.read() as session:
            found = session.scalars(select(TradeOrder).order_by(TradeOrder.id.desc())).first()
            assert found is not None
            session.expunge_all()
            return found

    @property
    def here(self) -> TradeOrder:
        return self.order(self.gangbuk)

    @property
    def theirs(self) -> TradeOrder:
        return self.order(self.wanju)

    @property
    def states(self) -> tuple[str, str]:
        return self.here.state, self.theirs.state

    def lines(self, node: Node) -> dict[str, TradeLine]:
        with node.db.read() as session:
            order = self.order(node)
            rows = session.scalars(
                select(TradeLine).where(TradeLine.order_id == order.id).order_by(TradeLine.no)
            )
            found = {row.product_name: row for row in rows}
            session.expunge_all()
            return found

    def events(self, node: Node) -> list[TradeEvent]:
        with node.db.read() as session:
            found = list(session.scalars(select(TradeEvent).order_by(TradeEvent.id)))
            session.expunge_all()
            return found

    def mails(self, node: Node, to: str) -> list[str]:
        """Return what somebody was told, whether its mail waits for the morning or not."""
        return words(node, to)

    def bookings(self, node: Node) -> list[Booking]:
        with node.db.read() as session:
            found = list(session.scalars(select(Booking).order_by(Booking.id)))
            session.expunge_all()
            return found

    def balance(self, node: Node, *account: Any) -> int:
        with node.db.read() as session:
            return ledger.balance(session, ledger.account(*account))

    def mirrors(self) -> tuple[int, int]:
        """What each node's ledger says it owes the other one."""
        return (
            self.balance(self.gangbuk, "peer", WANJU), self.balance(self.wanju, "peer", GANGBUK)
        )  # fmt: skip

    # What people do

    @property
    def erin(self) -> int:
        return self.there.person("erin").id

    def ship(self, units: dict[str, Goods] | None = None) -> None:
        """Ship all that was agreed, or so much of what is named."""
        lines = self.lines(self.wanju)
        sent = {
            row.no: (units or {}).get(name)
            or Goods(row.agreed, row.agreed * 1000 if row.sold_by == "weight" else None, "L-1")
            for name, row in lines.items()
            if row.agreed
        }
        with self.wanju.db.write() as session:
            actions.ship(self.wanju, session, self.theirs.id, sent, actor_id=self.erin)

    def count(self) -> None:
        """Let the hub note what came of each order: no more than the producer has agreed to."""
        agreed = {row.product_id: row.agreed for row in self.lines(self.gangbuk).values()}
        for line in self.sold.lines():
            units = min(line.delivered, agreed.get(line.product_id, 0))
            agreed[line.product_id] = agreed.get(line.product_id, 0) - units
            if units < line.delivered:
                self.do(self.gangbuk, deliver_less, line.line_id, units, reason="적게 옴",
                        actor_id=self.sold.dana)  # fmt: skip

    def do(self, node: Node, action: Any, *arguments: Any, **more: Any) -> Any:
        with node.db.write() as session:
            return action(node, session, *arguments, **more)
