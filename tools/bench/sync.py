"""A catalogue that is followed: read for the first time, unchanged, and with 1 % changed.

The node that publishes writes its pages into files first; the one that follows is a process of
its own that reads these, so that what is measured is the work of following alone. A 304 is measured
too: what it costs to say that nothing has changed.
"""

# ruff: noqa: S603 (starting the follower is what this file is for)

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import update

from wizzle.core.node import Node
from wizzle.core.web import create_app
from wizzle.federation.exchange import actions, rules
from wizzle.federation.exchange.queries import publications
from wizzle.federation.exchange.rules import MOST
from wizzle.plugins.market import Product
from wizzle.plugins.trade.goods.models import Catalogue

from . import node as nodes
from .plan import Plan
from .report import Report

BASE = "https://wanju.example"
SELLER = 1
DEARER = 99_990
"""The price of what has changed."""

BATCHES, BATCH = 20, 100
"""News of so many changes each: what a follower is told in one letter."""

ASKED = 500
"""How many times the unchanged page is asked for."""

_MOST = 600
"""Seconds that one following may take."""


def measure(plan: Plan, report: Report) -> None:
    """Publish a catalogue, ask whether it has changed, and follow it in a process of its own."""
    home = plan.folder / "publisher"
    home.mkdir()
    count = plan.lines
    _, made = nodes.make(home)
    identity = replace(made.settings.node, address=BASE)
    node = replace(made, settings=replace(made.settings, node=identity))
    nodes.add_products(node, count, nodes.add_sellers(node, 1, first=SELLER))
    nodes.fill(node, Catalogue, [{"space_id": SELLER, "published": True}])
    client = create_app(node).test_client()
    pages = plan.folder / "pages"
    pages.mkdir()
    seq = _write(node, client, pages / "first", "cursor", 0)
    _note_304(report, client)
    dearer = {"price": DEARER, "version": Product.version + 1}
    with node.db.write() as session:
        session.execute(update(Product).where(Product.id <= count // 100).values(**dearer))
    seq = _write(node, client, pages / "changed", "since", seq)
    _write_news(node, client, pages / "news", seq)
    node.close()
    _follow(plan, report, pages, count)


def _write(node: Node, client: FlaskClient, folder: Path, asked: str, seq: int) -> int:
    """Write the head and all pages after a change as files; return the last change."""
    folder.mkdir()
    with node.db.write() as session:
        actions.freshen(node, session, publications(node)["catalog"], SELLER)
    collection = f"/orgs/{SELLER}/catalog"
    (folder / "head").write_bytes(client.get(collection).data)
    number, more = 0, True
    while more:
        answer = client.get(f"{collection}?{asked}={seq}&limit={MOST}")
        (folder / f"{number}").write_bytes(answer.data)
        page: dict[str, Any] = json.loads(answer.data)
        number, seq, more = number + 1, page["wizzle:until"], "next" in page
    return seq


def _write_news(node: Node, client: FlaskClient, folder: Path, seq: int) -> None:
    """Change some things again and again, and write the letter that tells each time of them."""
    folder.mkdir()
    actor = f"{BASE}/orgs/{SELLER}"
    for number in range(BATCHES):
        first = number * BATCH
        changed = {"price": 1 + number, "version": Product.version + 1}
        some = (Product.id > first) & (Product.id <= first + BATCH)
        with node.db.write() as session:
            session.execute(update(Product).where(some).values(**changed))
        with node.db.write() as session:
            actions.freshen(node, session, publications(node)["catalog"], SELLER)
        answer = client.get(f"/orgs/{SELLER}/catalog?since={seq}&limit={BATCH}")
        page: dict[str, Any] = json.loads(answer.data)
        told = rules.update(f"{actor}/activities/{number}", actor, f"{actor}/catalog", page)
        (folder / f"{number}").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        seq = page["wizzle:until"]


def _note_304(report: Report, client: FlaskClient) -> None:
    path = f"/orgs/{SELLER}/catalog?cursor=0&limit={MOST}"
    known = {"If-None-Match": client.get(path).headers["ETag"]}
    began, wrong = time.process_time(), 0
    for _ in range(ASKED):
        wrong += client.get(path, headers=known).status_code != 304
    cost = 1_000 * (time.process_time() - began) / ASKED
    report.note("a page of a catalogue that is known (304): CPU", cost, "ms", "≤ 5")
    report.expect("304: answers that were something else", wrong, 0)


def _follow(plan: Plan, report: Report, pages: Path, count: int) -> None:
    home = plan.folder / "follower"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "bench.sync_once", str(home), str(pages)],
        env=dict(os.environ), check=True, stdout=subprocess.PIPE, timeout=_MOST,
    )  # fmt: skip
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    name, share = f"following {count:,} things", count / 100_000
    for what, seconds in (("first", 4.0), ("unchanged", 0.05), ("changed", 0.3)):
        aim = f"≤ {seconds * (share if what == 'first' else 1):.3g}"
        report.note(f"{name}: {what}, CPU", found[what]["cpu"], "s", aim)
    told, news = BATCHES * BATCH, found["news"]
    rate = told / max(news["cpu"], 1e-9)
    report.note(f"news of {BATCH} changes each: changes taken in a CPU second", rate, "/s",
                "≥ 15,000")  # fmt: skip
    report.expect(f"news of {BATCH} changes each: changes taken", news["taken"], told)
    report.note(f"{name}: peak memory", found["changed"]["peak_mb"], "MB", "≤ 150")
    report.expect(f"{name}: things held", found["changed"]["count"], count)
    report.expect(f"{name}: copies with the new price", found["changed"]["dearer"], count // 100)
