"""The command line of the measurements."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from . import (
    federation,
    fund,
    idle,
    opening,
    orders,
    pages,
    round_page,
    search,
    settlement,
    sync,
    timelines,
)
from .machine import CORES, watch
from .plan import Plan, quick
from .report import Report

PARTS = {
    "pages": pages.measure,
    "round": round_page.measure,
    "orders": orders.measure,
    "opening": opening.measure,
    "settlement": settlement.measure,
    "federation": federation.measure,
    "sync": sync.measure,
    "search": search.measure,
    "timelines": timelines.measure,
    "fund": fund.measure,
    "idle": idle.measure,
}
GROWTH = (1_000, 10_000, 100_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for, print it, and return 1 if a count that must hold does not."""
    wish = _parser().parse_args(arguments)
    report = Report()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wizzle-bench-", dir=wish.folder) as folder:
        plan = _plan(wish, Path(folder))
        with watch() as used:
            for name in wish.only or PARTS:
                _say(wish.json, f"{name} …")
                PARTS[name](plan, report)
    about = _about(plan, used.others_share, time.monotonic() - started)
    if wish.json:
        print(json.dumps({**about, **report.as_json()}, ensure_ascii=False, indent=2))
    else:
        print("\n".join([*report.lines(), "", _sentence(about)]))
    return 1 if report.wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("bench", description=__doc__)
    add = parser.add_argument
    add("--quick", action="store_true", help="under a minute: the counts are exact, ratios rough")
    add("--growth", action="store_true", help="also a catalogue of 100,000 products")
    add("--only", nargs="+", choices=PARTS, metavar="PART", help=f"some of: {', '.join(PARTS)}")
    add("--server", choices=["gunicorn", "waitress"], default="gunicorn")
    add("--database", choices=["sqlite", "postgresql"], help="only this one; both otherwise")
    add("--rounds", type=int, help="how often everything is measured (3)")
    add("--lines", type=int, help="order lines of the settlement (100,000)")
    add("--folder", help="where throw-away data goes; its disk decides what a commit costs")
    add("--json", action="store_true", help="print one JSON object")
    return parser


def _plan(wish: argparse.Namespace, folder: Path) -> Plan:
    plan = quick(folder, wish.server) if wish.quick else Plan(folder, wish.server)
    changes: dict[str, object] = {}
    if wish.growth:
        changes["products"] = GROWTH
    if wish.database:
        changes["databases"] = (wish.database,)
    if wish.rounds:
        changes["rounds"] = wish.rounds
    if wish.lines:
        changes["lines"] = wish.lines
    return replace(plan, **changes)  # type: ignore[arg-type]


def _say(quiet: bool, text: str) -> None:
    if not quiet:
        print(text, file=sys.stderr, flush=True)


def _about(plan: Plan, others: float, seconds: float) -> dict[str, Any]:
    return {
        "at": datetime.now().astimezone().isoformat(timespec="minutes"),
        "cores": CORES,
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "server": plan.server,
        "rounds": plan.rounds,
        "others": others,
        "seconds": round(seconds),
    }


def _sentence(about: dict[str, Any]) -> str:
    return (
        f"{about['at']}, {about['cores']} cores, Python {about['python']}, {about['server']},"
        f" {about['rounds']} rounds, {about['seconds']} s; other processes used"
        f" {about['others']:.0%} of the machine"
    )
