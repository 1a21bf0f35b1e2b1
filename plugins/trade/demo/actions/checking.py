"""The whole check: both nodes made in a folder that is thrown away, one order, and its month."""

from __future__ import annotations

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..rules.comparing import Book, Trade
from .nodes import DemoNode
from .pairing import Two, free_ports, introduce, two_in
from .playing import Lap, play
from .visiting import Visitor, until


def check(lap: Lap) -> Trade:
    """Make two nodes, let them trade, and return what both say of it; nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="wizzle-demo-") as folder:
        two = two_in(Path(folder), *free_ports())
        two.make()
        lap("two nodes are made")
        with two.running():
            introduce(two)
            lap("joined; the catalogue of Wanju is published and followed")
            found = play(two, lap)
            found.book_here, found.book_there = _state_the_month(two)
            lap("the month is stated and agreed on both sides")
            return found


def _state_the_month(two: Two) -> tuple[Book, Book]:
    """Let both state the running month, as far as it has come, and return what their books say as
    soon as both have agreed."""
    time.sleep(1)  # a statement reaches up to the last full second
    month = f"{datetime.now(ZoneInfo('Asia/Seoul')):%Y-%m}"
    more = ("--month", month, "--so-far")
    _both(two, lambda node, other: node.asked("trade", "statement", other.host, *more))
    for node, other in (two.both, two.both[::-1]):
        steward = two.person(node, "steward")
        until("Both statements came", partial(_has_both, steward, other))
    told = until("Both statements were agreed", lambda: _agreed(_both(two, _told)))
    holds = _both(two, lambda node, _: bool(node.asked("ledger", "verify")["ok"]))
    here, there = (
        Book(each["owed"], each["ledger"], tuple(each["statements"]), ok)
        for each, ok in zip(told, holds, strict=True)
    )
    return here, there


def _has_both(steward: Visitor, other: DemoNode) -> bool:
    links = steward.open(f"/trade/books/{other.host}").links
    return len({link for link in links if "/trade/statements/" in link}) == 2


def _agreed(told: tuple[Any, Any]) -> tuple[Any, Any] | None:
    states = [each["state"] for side in told for each in side["statements"]]
    return told if states == ["accepted"] * 4 else None


def _told(node: DemoNode, other: DemoNode) -> Any:
    return next(each for each in node.asked("trade", "books") if each["host"] == other.host)


def _both(two: Two, ask: Any) -> tuple[Any, Any]:
    """Ask both nodes the same at once, each about the other."""
    with ThreadPoolExecutor(2) as pool:
        here = pool.submit(ask, two.hub, two.farm)
        there = pool.submit(ask, two.farm, two.hub)
        return here.result(), there.result()
