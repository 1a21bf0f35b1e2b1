"""Settling a hundred thousand lines beside the bare limit, with its memory and its sums."""

# ruff: noqa: S603 (starting the settlement is what this file is for)

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from wizzle.core import ledger
from wizzle.core.db import Database as NodeDatabase
from wizzle.plugins.assembly.settlement.models import SettledLine, Statement

from . import databases
from .books import Books, make_books
from .machine import Used, watch
from .node import Place
from .plan import Plan
from .report import Report

_PARTS = ("producer", "activist", "centre")

_MOST = 300
"""Seconds that one settlement may take."""


def measure(plan: Plan, report: Report) -> None:
    """Settle the same books afresh in each round, on each kind of database."""
    for kind in plan.databases:
        with databases.opened(kind) as database:
            if isinstance(database, str):
                report.notes.append(f"settlement on {kind} was not measured: {database}")
                continue
            _measure_on(plan, report, database)


def _measure_on(plan: Plan, report: Report, database: databases.Database) -> None:
    source = make_books(
        plan.folder / f"books-{database.kind}", database.new(),
        lines=plan.lines, sellers=plan.sellers,
    )  # fmt: skip
    limit_books = source if not source.place.url.startswith("postgresql") else _on_file(plan)
    for number in range(plan.rounds):
        bare, _ = _limit(plan, limit_books)
        with _copy(plan, source, database, number) as place:
            ours, used = _run([str(source.cycle_id)], place.environ, database.pid)
            settled = Settled(database.kind, source, bare, ours, used)
            settled.note(report)
            settled.check(report, place)


def _on_file(plan: Plan) -> Books:
    """Return the books on SQLite, which the limit reads whatever ours stand on."""
    home = plan.folder / "books-limit"
    if home.exists():
        shutil.rmtree(home)
    return make_books(home, None, lines=plan.lines, sellers=plan.sellers)


def _limit(plan: Plan, books: Books) -> tuple[dict[str, Any], Used]:
    copy = plan.folder / "limit.db"
    copy.unlink(missing_ok=True)
    shutil.copyfile(books.place.home / "wizzle.db", copy)
    return _run(["limit", str(copy), f"cycle:{books.cycle_id}"], {}, None)


@contextmanager
def _copy(plan: Plan, source: Books, database: databases.Database, number: int) -> Iterator[Place]:
    """Hand out the node with books of its own, since what is settled can never be undone."""
    url = database.new(template=source.place.url)
    if url is not None:
        yield Place(source.place.home, url)
        return
    home = plan.folder / f"settled-{number}"
    shutil.copytree(source.place.home, home)
    yield Place(home, f"sqlite:///{home}/wizzle.db")
    shutil.rmtree(home)


def _run(
    arguments: list[str], environ: Mapping[str, str], database: int | None
) -> tuple[dict[str, Any], Used]:
    with watch([database] if database else []) as used:
        done = subprocess.run(
            [sys.executable, "-m", "bench.settle_once", *arguments],
            env={**os.environ, **environ}, check=True, stdout=subprocess.PIPE, timeout=_MOST,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found, used


@dataclass(frozen=True)
class Settled:
    """One settlement of ours beside the limit's."""

    kind: str
    books: Books
    bare: dict[str, Any]
    ours: dict[str, Any]
    used: Used

    def note(self, report: Report) -> None:
        """Add what it took."""
        name = f"settlement of {self.books.lines:,} lines, {self.kind}"
        bare, ours = self.bare, self.ours
        report.note(f"{name}: bare limit", bare["seconds"], "s")
        report.note(f"{name}: time", ours["seconds"] / bare["seconds"], "× limit", "≤ 3",
                    others=self.used.others_share)  # fmt: skip
        cpu = ours["cpu"] + sum(self.used.cpu.values())
        report.note(f"{name}: CPU", cpu / bare["cpu"], "× limit")
        report.note(f"{name}: peak memory", ours["peak_mb"], "MB", "≤ 150")
        report.note(f"{name}: of it at rest", ours["at_rest_mb"], "MB")

    def check(self, report: Report, place: Place) -> None:
        """Compare the sums with what was paid, with the limit's own, and with what was written."""
        name, ours = f"settlement, {self.kind}", self.ours
        report.expect(f"{name}: lines", ours["lines"], self.books.lines)
        wrong = sum(ours[part] != self.bare[part] for part in ("paid", *_PARTS))
        report.expect(f"{name}: sums that differ from the limit's", wrong, 0)
        lost = self.books.paid - sum(ours[part] for part in _PARTS)
        report.expect(f"{name}: won lost", lost, 0)
        report.expect(f"{name}: won lost in the books", _lost(place, self.books.paid), 0)


def _lost(place: Place, paid: int) -> int:
    """Return by how many won lines, statements and ledger miss what was paid."""
    database = NodeDatabase(place.url)
    with database.read() as session:
        sums = [
            session.execute(
                select(func.sum(table.producer + table.activist + table.centre))
            ).scalar_one()
            for table in (SettledLine, Statement)
        ]
        held = ledger.balance(session, ledger.account("held"))
        broken = len(ledger.verify(session).breaks)
    database.close()
    return sum(abs(int(each) - paid) for each in sums) + abs(held) + broken
