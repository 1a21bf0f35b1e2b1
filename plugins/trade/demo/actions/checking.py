"""The whole check: both nodes made in a folder that is thrown away, one order, and its month."""

from __future__ import annotations

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..rules.comparing import Book, Trade
from .nodes import DemoNode
from .pairing import Two, free_ports, introduce, two_in
from .playing import Say, play
from .visiting import until


def check(say: Say) -> Trade:
    """Make two nodes, let them trade, and return what both say of it; nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="wizzle-demo-") as folder:
        two = two_in(Path(folder), *free_ports())
        two.make()
        say("two nodes are made")
        with two.running():
            introduce(two)
            say("joined; the catalogue of Wanju is published and followed")
            found = play(two, say)
            _state_the_month(two)
            say("the month is stated and agreed on both sides")
            found.book_here, found.book_there = _both(two, _book)
            return found


def _state_the_month(two: Two) -> None:
    """Let both state the running month, as far as it has come, and wait until both agree."""
    time.sleep(1)  # a statement reaches up to the last full second
    month = f"{datetime.now(ZoneInfo('Asia/Seoul')):%Y-%m}"
    more = ("--month", month, "--so-far")
    _both(two, lambda node, other: node.told("trade", "statement", other.host, *more))
    until("Both statements were agreed", lambda: all(_both(two, _has_agreed)))


def _has_agreed(node: DemoNode, other: DemoNode) -> bool:
    told = _told(node, other)["statements"]
    return len(told) == 2 and all(each["state"] == "accepted" for each in told)


def _told(node: DemoNode, other: DemoNode) -> dict[str, Any]:
    found: dict[str, Any] = next(
        (each for each in node.told("trade", "books") if each["host"] == other.host),
        {"owed": 0, "ledger": 0, "statements": []},
    )
    return found


def _book(node: DemoNode, other: DemoNode) -> Book:
    told = _told(node, other)
    holds = bool(node.told("ledger", "verify")["ok"])
    return Book(told["owed"], told["ledger"], tuple(told["statements"]), holds)


def _both(two: Two, ask: Any) -> tuple[Any, Any]:
    """Ask both nodes the same at once, each about the other."""
    with ThreadPoolExecutor(2) as pool:
        here = pool.submit(ask, two.hub, two.farm)
        there = pool.submit(ask, two.farm, two.hub)
        return here.result(), there.result()
