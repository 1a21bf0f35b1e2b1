"""The minute in which a round opens: residents come all at once, to a node that has a past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from wizzle.core import ledger
from wizzle.plugins.market import Order, OrderLine

from . import bare, databases
from . import node as nodes
from .asking import Load, Visit, post, visit
from .fair import PLENTY, Fair, analyse, open_fair
from .pages import BARE, SITE
from .plan import Plan
from .report import Report
from .servers import Served, serve

_OFFERS = 300
"""How many products the round offers."""

_LINES_EACH = 3
_ROUND_OF = 2_000
"""How many orders each of the rounds before had."""

_MINUTE = 60.0
_HUB = 100
_BODY = post("/commit", b"person=alice")


def measure(plan: Plan, report: Report) -> None:
    """Let all residents go the whole way at once, then let them want what only some can have."""
    for kind in plan.databases:
        with databases.opened(kind) as database, ExitStack() as stack:
            if isinstance(database, str):
                report.notes.append(f"the opening on {kind} was not measured: {database}")
                continue
            fair = _fair(plan, database)
            stack.callback(fair.node.close)
            here = fair.place
            site = stack.enter_context(
                serve(plan.server, SITE, folder=plan.folder, environ=here.environ)
            )
            limit = stack.enter_context(
                serve(plan.server, BARE, folder=plan.folder, first="/hello",
                      environ={"BENCH_URL": here.url})
            )  # fmt: skip
            _Opening(plan, report, database, fair, site, limit).measure()


def _fair(plan: Plan, database: databases.Database) -> Fair:
    fair = open_fair(
        plan.folder / f"opening-{database.kind}", database.new(),
        people=plan.residents, products=plan.market, offers=_OFFERS,
    )  # fmt: skip
    ids = range(1, plan.history + 1)
    nodes.fill(fair.node, Order, (_order(fair, id_) for id_ in ids))
    nodes.fill(fair.node, OrderLine, _lines(fair, ids, plan.market))
    if not fair.node.db.is_sqlite:
        _count_on(fair, Order, OrderLine)
    analyse(fair.node)
    bare.prepare(fair.place.url)
    return fair


def _count_on(fair: Fair, *models: Any) -> None:
    """Let the numbers that PostgreSQL gives begin after those that were given here."""
    with fair.node.db.write() as session:
        for model in models:
            name = nodes.table_of(model).name
            session.connection().exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"  # noqa: S608
            )


def _order(fair: Fair, id_: int) -> dict[str, Any]:
    number = id_ // _ROUND_OF
    at = fair.node.clock.now() - timedelta(weeks=1 + number)
    return {
        "id": id_, "uid": f"past-{id_:012}", "number": f"past-{id_:09}",
        "person_id": fair.people[id_ % len(fair.people)], "person_name": "주민",
        "occasion": f"cycle:{1_000 + number}", "title": "지난 회차", "place": "수유 마을부엌",
        "address": "", "host_id": _HUB, "state": "collected",
        "payment_provider": "at_collection", "code": f"{id_:08X}", "key": f"past-{id_}",
        "placed_at": at, "changed_at": at, "collected_at": at, "paid_at": at,
    }  # fmt: skip


def _lines(fair: Fair, orders: range, products: int) -> Iterator[dict[str, Any]]:
    for order_id in orders:
        for place in range(_LINES_EACH):
            product_id = 1 + (order_id * 7 + place * 11) % products
            yield {
                "id": (order_id - 1) * _LINES_EACH + place + 1, "order_id": order_id,
                "occasion": f"cycle:{1_000 + order_id // _ROUND_OF}", "product_id": product_id,
                "seller_id": 1 + product_id % 30, "seller_name": "완주 농부",
                "product_name": "감자", "unit_label": "1kg", "price": 1_000, "quantity": 1,
                "delivered": 1, "taken": 1, "tax_class": "exempt", "origin": "전북 완주",
                "activist_bp": 700, "centre_bp": 800, "paid": 1_000, "amount": 1_000,
            }  # fmt: skip


class _Opening:
    def __init__(
        self, plan: Plan, report: Report, database: databases.Database,
        fair: Fair, site: Served, limit: Served,
    ) -> None:  # fmt: skip
        self.plan, self.report, self.database = plan, report, database
        self.fair, self.site, self.limit = fair, site, limit
        self.name = f"opening, {database.kind}, {plan.residents} residents at once"

    def measure(self) -> None:
        """Warm both servers, then measure as often as the plan says."""
        self._commit()
        self._flow()
        for _ in range(self.plan.rounds):
            self._note(self._commit(), self._flow())
        self._check_won()
        self._rush()

    def _commit(self) -> Visit:
        load = Load([[_BODY]], self.plan.residents, seconds=self.plan.seconds)
        return visit(self.limit, load, database=self.database.pid).only("200")

    def _flow(self) -> Visit:
        """Let each look at the round and a product, fill the basket, and order."""
        self.fair.fill_baskets()
        visits = self.fair.flows(self.site, self.plan.residents, from_round=True)
        load = Load(visits, self.plan.residents, seconds=_MINUTE, cycle=False)
        return visit(self.site, load, database=self.database.pid).only("200", "302", "303")

    def _note(self, limit: Visit, ours: Visit) -> None:
        note, name, each = self.report.note, self.name, ours.count / self.plan.residents
        note(f"{name}: bare commit", limit.rate, "/s", others=limit.others)
        note(f"{name}: until all have ordered", ours.count / ours.rate, "s", "≤ 60",
             others=ours.others)  # fmt: skip
        note(f"{name}: orders", ours.rate / each / limit.rate, "× bare rate")
        note(f"{name}: CPU of a resident, {each:.0f} requests", each * ours.cpu_ms, "ms")
        note(f"{name}: p50 of a request", ours.p50 / limit.p50, "× bare")
        note(f"{name}: p95 of a request", ours.p95 / limit.p95, "× bare")

    def _check_won(self) -> None:
        said, reckoned = self.fair.owed()
        taken = self.fair.worth_taken(PLENTY)
        lost = abs(said - reckoned) + abs(said - taken)
        self.report.expect(f"{self.name}: won lost between stock, lines and prices", lost, 0)
        with self.fair.node.db.read() as session:
            breaks = len(ledger.verify(session).breaks)
        self.report.expect(f"{self.name}: breaks in the ledger", breaks, 0)

    def _rush(self) -> None:
        """Let all of them want what is there for some."""
        before, stock = self.fair.sold(), min(self.plan.stock, self.plan.residents // 2)
        self.fair.fill_baskets()
        self.fair.stock(stock)
        visits = self.fair.orders(self.site, self.plan.residents)
        load = Load(visits, self.plan.residents, seconds=_MINUTE, cycle=False)
        tried = visit(self.site, load, database=self.database.pid).only("302", "303", "409")
        sold = self.fair.sold() - before
        done = sum(n for status, n in tried.statuses.items() if status != "409")
        name = f"{self.name}, all want one of {stock}"
        oversold = max(0, sold - stock) + max(0, -self.fair.left())
        for what, found, wanted in (
            ("sold", sold, stock), ("oversold", oversold, 0), ("confirmed", done, stock)
        ):  # fmt: skip
            self.report.expect(f"{name}: {what}", found, wanted)
