"""Orders over HTTP beside a bare endpoint that commits as much to the same database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from . import bare, databases
from .asking import Load, Visit, post, visit
from .fair import PLENTY, Fair, open_fair
from .pages import BARE, SITE
from .plan import Plan
from .report import Report
from .servers import Served, serve

_PRODUCTS = 200
_BODY = post("/commit", b"person=alice")


@dataclass(frozen=True)
class Counter:
    """A node that takes orders, and the bare endpoint beside it, on one kind of database."""

    plan: Plan
    report: Report
    database: databases.Database
    fair: Fair
    site: Served
    bare: Served

    def commit(self, clients: int) -> Visit:
        """Commit as many orders' rows as the node is asked to take."""
        load = Load([[_BODY]], clients, seconds=self.plan.seconds)
        return visit(self.bare, load, database=self.database.pid).only("200")

    def order(self, clients: int) -> Visit:
        """Let residents order, each once, as long as the bare endpoint was asked."""
        self.fair.fill_baskets()
        self.fair.stock(PLENTY)
        visits = self.fair.orders(self.site, self.plan.orders)
        load = Load(visits, clients, seconds=self.plan.seconds, cycle=False)
        return visit(self.site, load, database=self.database.pid).only("302", "303")

    def flow(self, clients: int) -> Visit:
        """Let residents go the whole way: product, basket, checkout, confirmation."""
        self.fair.fill_baskets()
        visits = self.fair.flows(self.site, self.plan.orders // 4)
        load = Load(visits, clients, seconds=self.plan.seconds, cycle=False)
        return visit(self.site, load, database=self.database.pid).only("200", "302", "303")

    def rush(self, clients: int) -> Visit:
        """Let more residents want the hot product than there is of it."""
        self.fair.fill_baskets()
        self.fair.stock(self.plan.stock)
        visits = self.fair.orders(self.site, self.plan.tries)
        load = Load(visits, clients, seconds=60, cycle=False)
        return visit(self.site, load, database=self.database.pid).only("302", "303", "409")


def measure(plan: Plan, report: Report) -> None:
    """Take orders with each number of clients on each kind of database."""
    for kind in plan.databases:
        with _opened(plan, report, kind) as counter:
            if counter is None:
                continue
            for warm in (counter.commit, counter.order, counter.flow):
                warm(4)
            for _ in range(plan.rounds):
                _round(counter)
            for clients in plan.clients:
                _sell_out(counter, clients)


@contextmanager
def _opened(plan: Plan, report: Report, kind: str) -> Iterator[Counter | None]:
    with ExitStack() as stack:
        database = stack.enter_context(databases.opened(kind))
        if isinstance(database, str):
            report.notes.append(f"orders on {kind} were not measured: {database}")
            yield None
            return
        home = plan.folder / f"orders-{kind}"
        fair = open_fair(home, database.new(), people=plan.orders, products=_PRODUCTS)
        stack.callback(fair.node.close)
        bare.prepare(fair.place.url)
        site = serve(plan.server, SITE, folder=plan.folder, environ=fair.place.environ)
        limit = serve(
            plan.server, BARE, folder=plan.folder, first="/hello",
            environ={"BENCH_URL": fair.place.url},
        )  # fmt: skip
        yield Counter(
            plan, report, database, fair, stack.enter_context(site), stack.enter_context(limit)
        )


def _round(counter: Counter) -> None:
    kind, report = counter.database.kind, counter.report
    rates = {}
    for clients in counter.plan.clients:
        limit, ours = counter.commit(clients), counter.order(clients)
        rates[clients] = ours.rate
        name = f"order, {kind}, {clients} client{'s' if clients > 1 else ''}"
        report.note(f"{name}: bare commit", limit.rate, "/s", others=limit.others)
        report.note(f"{name}: rate", ours.rate / limit.rate, "× bare", "≥ 0.6", others=ours.others)
        report.note(f"{name}: CPU", ours.cpu_ms, "ms", "≤ 1.5")
        report.note(f"{name}: CPU ratio", ours.cpu_ms / limit.cpu_ms, "× bare")
        report.note(f"{name}: p95", ours.p95 / limit.p95, "× bare", "≤ 1.5" if clients > 8 else "")
    if len(rates) > 1:
        first, last = min(rates), max(rates)
        report.note(f"order, {kind}: rate with {last} clients over {first}",
                    rates[last] / rates[first], "×", "≥ 1.0")  # fmt: skip
    flow = counter.flow(8)
    report.note(f"order, {kind}: page, basket, checkout, confirmation",
                4 * flow.cpu_ms, "ms CPU", "≤ 6", others=flow.others)  # fmt: skip


def _sell_out(counter: Counter, clients: int) -> None:
    plan, report = counter.plan, counter.report
    before = counter.fair.sold()
    tried = counter.rush(clients)
    sold = counter.fair.sold() - before
    name = f"order, {counter.database.kind}, {plan.tries} tries on {plan.stock}, {clients} clients"
    report.expect(f"{name}: sold", sold, plan.stock)
    report.expect(f"{name}: oversold", max(0, sold - plan.stock) + max(0, -counter.fair.left()), 0)
    done = sum(n for status, n in tried.statuses.items() if status != "409")
    report.expect(f"{name}: confirmed", done, plan.stock)
