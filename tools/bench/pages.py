"""The catalogue: at several sizes, kept, unchanged since it was last read, with idle plugins."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, update

from wizzle.core.db import Database
from wizzle.plugins.market import Product

from . import node
from .asking import Load, Visit, get, visit
from .plan import Plan
from .report import Report
from .servers import Served, ask, serve

PATH = "/market"
SITE = "bench.site:create()"
KEEPING = "bench.site:create_keeping()"
BARE = "bench.bare:app"
_SELLERS = 30
_PLUGINS = "10"
_LONG = 1.5
"""Seconds for which the page is asked for after a sale."""


@dataclass(frozen=True)
class Catalogue:
    """A node with so many products, served."""

    size: int
    place: node.Place
    served: Served


def measure(plan: Plan, report: Report) -> None:
    """Compare the catalogue page with a bare answer of the same server, round by round."""
    with _catalogues(plan) as shops, ExitStack() as stack:
        first = shops[0]
        environ = {"BENCH_URL": first.place.url}
        limit = stack.enter_context(
            serve(plan.server, BARE, folder=plan.folder, first="/hello", environ=environ)
        )
        idle = {**first.place.environ, "BENCH_IDLE_PLUGINS": _PLUGINS}
        crowded = stack.enter_context(
            serve(plan.server, SITE, folder=plan.folder, first=PATH, environ=idle)
        )
        keeping = stack.enter_context(
            serve(plan.server, KEEPING, folder=plan.folder, first=PATH, environ=first.place.environ)
        )
        kept = Catalogue(first.size, first.place, keeping)
        for served in (limit, crowded, keeping, *(shop.served for shop in shops)):
            visit(served, Load([[get("/hello" if served is limit else PATH)]], seconds=0.5))
        for _ in range(plan.rounds):
            hello = _round(plan, report, limit, shops, crowded)
            _kept(plan, report, kept, hello)


@contextmanager
def _catalogues(plan: Plan) -> Iterator[list[Catalogue]]:
    with ExitStack() as stack:
        shops = []
        for size in plan.products:
            place = filled(plan.folder / f"catalogue-{size}", size)
            served = stack.enter_context(
                serve(plan.server, SITE, folder=plan.folder, first=PATH, environ=place.environ)
            )
            shops.append(Catalogue(size, place, served))
        yield shops


def filled(home: Path, size: int) -> node.Place:
    """Make a node with so many products of some producers."""
    home.mkdir()
    place, made = node.make(home)
    node.add_products(made, size, node.add_sellers(made, _SELLERS))
    made.close()
    return place


def _round(
    plan: Plan, report: Report, limit: Served, shops: list[Catalogue], crowded: Served
) -> Visit:
    hello = _ask(plan, limit, get("/hello"))
    rows = _ask(plan, limit, get("/rows"))
    report.note("bare answer (hello)", hello.cpu_ms, "ms CPU", others=hello.others)
    report.note("bare answer (hello), rate", hello.rate, "/s", others=hello.others)
    report.note("bare 20 rows, plain driver", rows.cpu_ms / hello.cpu_ms, "× hello CPU",
                others=rows.others)  # fmt: skip
    pages = [_ask(plan, shop.served, get(PATH)) for shop in shops]
    for shop, page in zip(shops, pages, strict=True):
        name = f"catalogue, {shop.size:,} products"
        report.note(name, page.cpu_ms / hello.cpu_ms, "× hello CPU", "≤ 3", others=page.others)
        report.note(f"{name}, rate", page.rate / hello.rate, "× hello", "≥ 0.35")
    if len(pages) > 1:
        sizes = f"{shops[-1].size:,} over {shops[0].size:,}"
        growth = pages[-1].cpu_ms / pages[0].cpu_ms
        report.note(f"catalogue growth, {sizes}", growth, "× CPU", "≤ 1.15")
    report.note("catalogue, bytes", pages[0].size, "bytes")
    other = _ask(plan, crowded, get(PATH))
    report.note("catalogue with ten idle plugins", other.cpu_ms / pages[0].cpu_ms,
                "× CPU", "≤ 1.03", others=other.others)  # fmt: skip
    return hello


def _kept(plan: Plan, report: Report, shop: Catalogue, hello: Visit) -> None:
    """Ask for a page drawn a moment ago: as a newcomer, and as one who holds it already."""
    whole = _ask(plan, shop.served, get(PATH))
    again = get(PATH, f"If-None-Match: {_seal(shop)}\r\n")
    held = _ask(plan, shop.served, again, "304")
    for name, found in (("catalogue, kept", whole), ("catalogue unchanged (304)", held)):
        report.note(name, found.cpu_ms / hello.cpu_ms, "× hello CPU", others=found.others)
        report.note(f"{name}, rate", found.rate / hello.rate, "× hello", "≥ 0.85")
    report.note("catalogue, kept: a sale is seen after", _seen_after(shop), "s", "≤ 1")


def _seal(shop: Catalogue) -> str:
    found = re.search(rb"(?mi)^etag: *(\S+)", ask(shop.served.port, PATH))
    if found is None:
        raise RuntimeError("the catalogue sends no ETag")
    return found[1].decode()


def _seen_after(shop: Catalogue) -> float:
    """Return how many seconds after a sale the last of the workers still showed the page before."""
    before, sold = _seal(shop), _sell(shop.place)
    last = time.perf_counter()
    while time.perf_counter() - sold < _LONG:
        if _seal(shop) == before:
            last = time.perf_counter()
    return max(0.0, last - sold)


def _sell(place: node.Place) -> float:
    """Sell of the first product of the page, so that it says how few are left; return when."""
    database = Database(place.url)
    product = node.table_of(Product)
    with database.write() as session:
        first = select(func.min(product.c.name)).scalar_subquery()
        left = 1 + func.coalesce(product.c.stock, 0) % 3
        session.execute(update(product).where(product.c.name == first).values(stock=left))
    sold = time.perf_counter()
    database.close()
    return sold


def _ask(plan: Plan, served: Served, request: bytes, status: str = "200") -> Visit:
    return visit(served, Load([[request]], seconds=plan.seconds)).only(status)
