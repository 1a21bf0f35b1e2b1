"""One settlement in a process of its own: `python -m bench.settle_once <cycle>` prints its cost.

`python -m bench.settle_once limit <database> <occasion>` is the bare limit: Python and sqlite3
read the lines, split each, write shares and sums, and commit.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_LINES = (
    "SELECT l.id, l.seller_id, l.tax_class, l.paid - l.refunded, l.activist_bp, l.centre_bp"
    " FROM market_order_line l JOIN market_order o ON o.id = l.order_id"
    " WHERE l.occasion = ? AND o.state = 'collected' AND l.paid > l.refunded"
)
_TABLES = (
    "CREATE TABLE bench_share (line_id INTEGER PRIMARY KEY, seller_id INTEGER, tax_class TEXT,"
    " paid INTEGER, producer INTEGER, activist INTEGER, centre INTEGER)",
    "CREATE TABLE bench_sum (seller_id INTEGER PRIMARY KEY, lines INTEGER, paid INTEGER,"
    " producer INTEGER, activist INTEGER, centre INTEGER)",
)


def peak_mb() -> float:
    """Return the most memory that this process ever held, in MB.

    Not by getrusage: its figure begins with the memory of the process that started this one.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def timed(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do the work and return what it found with its seconds, CPU seconds and peak memory."""
    before, clock, cpu = peak_mb(), time.perf_counter(), time.process_time()
    found = work()
    return {
        **found,
        "seconds": time.perf_counter() - clock,
        "cpu": time.process_time() - cpu,
        "peak_mb": peak_mb(),
        "at_rest_mb": before,
    }


def limit(path: str, occasion: str) -> dict[str, Any]:
    """Settle with nothing but Python and sqlite3."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return timed(lambda: _settled(connection, occasion))


def _settled(connection: sqlite3.Connection, occasion: str) -> dict[str, Any]:
    connection.execute("BEGIN IMMEDIATE")
    for table in _TABLES:
        connection.execute(table)
    sums: dict[int, list[int]] = {}
    rows = _split(connection.execute(_LINES, (occasion,)), sums)
    connection.executemany("INSERT INTO bench_share VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO bench_sum VALUES (?, ?, ?, ?, ?, ?)",
        ((seller, *each) for seller, each in sums.items()),
    )
    connection.execute("COMMIT")
    totals = [sum(each[place] for each in sums.values()) for place in range(5)]
    return dict(zip(("lines", "paid", "producer", "activist", "centre"), totals, strict=True))


def _split(lines: Any, sums: dict[int, list[int]]) -> Iterator[tuple[Any, ...]]:
    for line_id, seller, tax, paid, activist_bp, centre_bp in lines:
        activist = (paid * activist_bp + 5_000) // 10_000
        centre = (paid * centre_bp + 5_000) // 10_000
        producer = paid - activist - centre
        found = sums.setdefault(seller, [0] * 5)
        for place, value in enumerate((1, paid, producer, activist, centre)):
            found[place] += value
        yield line_id, seller, tax, paid, producer, activist, centre


def settle(cycle_id: int) -> dict[str, Any]:
    """Settle a round of the node of WIZZLE_HOME, through the action that its page calls."""
    from sqlalchemy.orm import configure_mappers

    from wizzle.plugins.assembly.settlement.actions import settle as act

    from .site import node_here

    node = node_here()
    # As a server has it from its start: the mapping, and a connection that stands.
    configure_mappers()
    with node.db.read() as session:
        session.connection()

    def work() -> dict[str, Any]:
        with node.db.write() as session:
            made = act(node, session, cycle_id, actor_id=None)
        return {
            "lines": made.lines,
            "paid": made.exempt + made.taxed,
            "producer": made.producer,
            "activist": made.activist,
            "centre": made.centre,
        }

    return timed(work)


def main(arguments: list[str]) -> None:
    """Do what the arguments say and print the result as JSON."""
    if arguments[0] == "limit":
        _, path, occasion = arguments
        print(json.dumps(limit(path, occasion)))
    else:
        print(json.dumps(settle(int(arguments[0]))))


if __name__ == "__main__":
    main(sys.argv[1:])
