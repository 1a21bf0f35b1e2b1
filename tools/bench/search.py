"""The search: how long a word takes at several sizes on both databases, and the page around it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote

from sqlalchemy import text

from wizzle.core import search
from wizzle.core.node import Node
from wizzle.core.search import EVERYONE, Asked

from . import node
from .asking import Load, Visit, get, visit
from .databases import Database, opened
from .machine import watch
from .pages import BARE, SITE
from .plan import Plan
from .report import Report
from .servers import Served, serve

WORDS = {
    "two syllables, in one of ten": "감자",
    "two syllables, in all": "완주",
    "two words and a figure": "농부 감자 0001",
    "three syllables, in none": "고구마",
    "one syllable, in three of ten": "추",
}
_SELLERS = 30
_TIMES = 15
_PAGE = f"/search?q={quote('감자')}"


@dataclass(frozen=True)
class Shelf:
    """A node with so many products in its index; ``seconds`` is how long it took to read them."""

    size: int
    place: node.Place
    made: Node
    seconds: float


def measure(plan: Plan, report: Report) -> None:
    """Fill nodes of several sizes, ask for words, and for the page as a stranger does."""
    for kind in plan.databases:
        with opened(kind) as database:
            if isinstance(database, str):
                report.notes.append(f"search on {kind} was not measured: {database}")
                continue
            shelves = [_shelf(plan, database, size) for size in plan.products]
            for _ in range(plan.rounds):
                _ask_words(report, database, shelves)
            for shelf in shelves:
                shelf.made.db.close()
            _ask_pages(plan, report, database, shelves[-1])


def _shelf(plan: Plan, database: Database, size: int) -> Shelf:
    home = Path(plan.folder / f"search-{database.kind}-{size}")
    home.mkdir()
    place, made = node.make(home, database.new())
    node.add_products(made, size, node.add_sellers(made, _SELLERS))
    started = time.perf_counter()
    search.keep_up(made)
    seconds = time.perf_counter() - started
    if not made.db.is_sqlite:  # as the server does by itself a minute later
        with made.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return Shelf(size, place, made, seconds)


def _ask_words(report: Report, database: Database, shelves: list[Shelf]) -> None:
    for name, words in WORDS.items():
        taken = []
        for shelf in shelves:
            with watch() as used:
                taken.append(_time(shelf.made, words))
            what = f"search, {name}, {shelf.size:,} documents, {database.kind}"
            report.note(what, 1_000 * taken[-1], "ms", "≤ 25", others=used.others_share)
        if len(taken) > 1:
            sizes = f"{shelves[-1].size:,} over {shelves[0].size:,}"
            growth = f"search growth, {name}, {sizes}, {database.kind}"
            report.note(growth, taken[-1] / taken[0], "× time")
    for shelf in shelves:
        each = 1_000_000 * shelf.seconds / shelf.size
        report.note(f"search, read anew, {shelf.size:,}, {database.kind}", each, "µs a document")


def _time(made: Node, words: str) -> float:
    """Return the seconds until the first page of goods that hold these words is known."""
    taken = []
    for _ in range(_TIMES):
        with made.db.read() as session:
            started = time.perf_counter()
            search.hits(session, Asked.read(words), "product", [EVERYONE], limit=21)
            taken.append(time.perf_counter() - started)
    return median(taken)


def _ask_pages(plan: Plan, report: Report, database: Database, shelf: Shelf) -> None:
    with ExitStack() as stack:
        site = stack.enter_context(
            serve(plan.server, SITE, folder=plan.folder, first=_PAGE, environ=shelf.place.environ)
        )
        limit = stack.enter_context(serve(plan.server, BARE, folder=plan.folder, first="/hello"))

        _ask(plan, site, _PAGE)
        for _ in range(plan.rounds):
            hello = _ask(plan, limit, "/hello")
            page = _ask(plan, site, _PAGE, database.pid)
            name = f"search page, {shelf.size:,} documents, {database.kind}"
            ratio = page.cpu_ms / hello.cpu_ms
            report.note(name, ratio, "× hello CPU", others=page.others)


def _ask(plan: Plan, served: Served, path: str, pid: int | None = None) -> Visit:
    load = Load([[get(path)]], clients=8, seconds=plan.seconds)
    return visit(served, load, database=pid).only("200")
