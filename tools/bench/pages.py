"""The catalogue: at several sizes, unchanged since it was last read, and with idle plugins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import node
from .asking import Load, Visit, get, visit
from .plan import Plan
from .report import Report
from .servers import Served, ask, serve

PATH = "/market"
SITE = "bench.site:create()"
BARE = "bench.bare:app"
_SELLERS = 30
_PLUGINS = "10"


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
        for served in (limit, crowded, *(shop.served for shop in shops)):
            visit(served, Load([[get("/hello" if served is limit else PATH)]], seconds=0.5))
        for _ in range(plan.rounds):
            _round(plan, report, limit, shops, crowded)


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
) -> None:
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
    _unchanged(plan, report, shops[0].served, hello)
    other = _ask(plan, crowded, get(PATH))
    report.note("catalogue with ten idle plugins", other.cpu_ms / pages[0].cpu_ms,
                "× CPU", "≤ 1.03", others=other.others)  # fmt: skip


def _unchanged(plan: Plan, report: Report, served: Served, hello: Visit) -> None:
    """Ask as a browser does that holds the page already."""
    found = re.search(rb"(?mi)^etag: *(\S+)", ask(served.port, PATH))
    if found is None:
        if "The catalogue sends no ETag." not in report.notes:
            report.notes.append("The catalogue sends no ETag.")
        return
    again = get(PATH, f"If-None-Match: {found[1].decode()}\r\n")
    answer = _ask(plan, served, again, "304")
    report.note("catalogue unchanged (304)", answer.cpu_ms / hello.cpu_ms, "× hello CPU",
                others=answer.others)  # fmt: skip
    report.note("catalogue unchanged (304), rate", answer.rate / hello.rate, "× hello", "≥ 0.85")


def _ask(plan: Plan, served: Served, request: bytes, status: str = "200") -> Visit:
    return visit(served, Load([[request]], seconds=plan.seconds)).only(status)
