"""Letters between nodes: what one in costs, what one out costs, what a dead node costs others."""

# ruff: noqa: S603 (starting our own processes is what this file is for)

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from wizzle.core.node import Node

from . import bare, databases, friends
from .asking import Load, Visit, visit
from .bare_letters import TABLE
from .machine import watch
from .node import Place
from .pages import SITE
from .plan import Plan
from .report import Report
from .servers import Served, command_of, free_port, running

_BARE = "bench.bare_letters:app"
_HOST = "https://bench.example"
_CLIENTS = 8
_PEERS = 50


def measure(plan: Plan, report: Report) -> None:
    """Measure letters in on each kind of database, and letters out on SQLite."""
    for kind in plan.databases:
        with databases.opened(kind) as database:
            if isinstance(database, str):
                report.notes.append(f"letters on {kind} were not measured: {database}")
            else:
                _letters_in(plan, report, database)
    _letters_out(plan, report)
    _one_dead(plan, report)


# --- In ---


@dataclass
class Inbox:
    """A node that takes letters, the bare inbox beside it, and who writes to both."""

    site: Served
    bare: Served
    friend: friends.Friend
    database: databases.Database
    drawn: int = 0

    def take(self, served: Served, plan: Plan, count: int) -> Visit:
        """Post so many letters that were signed just before, each another one."""
        texts = []
        for _ in range(count):
            self.drawn += 1
            texts.append([self.friend.post(f"{_HOST}/inbox", f"n{self.drawn}")])
        load = Load(texts, _CLIENTS, seconds=60, cycle=False)
        return visit(served, load, database=self.database.pid).only("202")


def _letters_in(plan: Plan, report: Report, database: databases.Database) -> None:
    with _inbox(plan, database) as inbox:
        count = plan.orders // 3
        inbox.take(inbox.bare, plan, 50)
        inbox.take(inbox.site, plan, 50)
        for _ in range(plan.rounds):
            limit = inbox.take(inbox.bare, plan, count)
            ours = inbox.take(inbox.site, plan, count)
            name = f"letter in, {database.kind}"
            report.note(f"{name}: bare CPU", limit.cpu_ms, "ms", others=limit.others)
            report.note(f"{name}: CPU", ours.cpu_ms, "ms", "≤ 1.2", others=ours.others)
            report.note(f"{name}: CPU ratio", ours.cpu_ms / limit.cpu_ms, "× bare")
            report.note(f"{name}: in one CPU second", 1_000 / ours.cpu_ms, "/s", "≥ 700")
            report.note(f"{name}: p95", 1_000 * ours.p95, "ms", "≤ 50")


@contextmanager
def _inbox(plan: Plan, database: databases.Database) -> Iterator[Inbox]:
    home = plan.folder / f"letters-{database.kind}"
    home.mkdir()
    place, node = friends.make(home, database.new(), address=_HOST, proxies=1)
    (friend,) = friends.befriend(node, ["friend.example"])
    bare.prepare(place.url)
    with node.db.engine.begin() as connection:
        connection.exec_driver_sql(TABLE)
    node.close()
    environ = {**place.environ, **friends.environ_of(_HOST, proxies=1)}
    with ExitStack() as stack:
        site = stack.enter_context(_served(plan, SITE, "/actor", environ))
        limit = {"BENCH_URL": place.url, "BENCH_KEY": friend.raw_key}
        yield Inbox(
            site, stack.enter_context(_served(plan, _BARE, "/hello", limit)), friend, database
        )


@contextmanager
def _served(plan: Plan, app: str, first: str, environ: Mapping[str, str]) -> Iterator[Served]:
    port = free_port()
    command = command_of(plan.server, app, port)
    with running(command, port, folder=plan.folder, first=first, environ=environ) as served:
        yield served


# --- Out ---


def _letters_out(plan: Plan, report: Report) -> None:
    count = plan.orders // 3
    with _sender(plan, "out", 1) as sender:
        sender.deliver(50)
        for _ in range(plan.rounds):
            with watch() as used:
                limit = sender.bare(count)
                ours = sender.deliver(count)
            report.note("letter out: bare CPU", _ms(limit), "ms", others=used.others_share)
            report.note("letter out: CPU", _ms(ours), "ms", others=used.others_share)
            report.note("letter out: in one CPU second", 1_000 / _ms(ours), "/s", "≥ 800")
            report.note("letter out: CPU speed", _ms(limit) / _ms(ours), "× bare", "≥ 0.45")


def _one_dead(plan: Plan, report: Report) -> None:
    """Compare letters to many nodes with the same while one more node never answers."""
    each = max(4, plan.orders // 3 // _PEERS)
    with _sender(plan, "dead", _PEERS - 1) as sender, _silence() as silent:
        sender.befriend([f"dead.localhost:{silent}"])
        sender.deliver(_PEERS)
        for _ in range(plan.rounds):
            count = each * len(sender.hosts)
            with watch() as used:
                without = sender.deliver(count)
                sender.wait_for([f"dead.localhost:{silent}"], 4 * each)
                beside = sender.deliver(count)
            lost = 100 * (beside["seconds"] / without["seconds"] - 1)
            report.note("one dead node of 50: others later by", lost, "%", "< 5",
                        others=used.others_share)  # fmt: skip
            cpu = 100 * (beside["cpu"] / without["cpu"] - 1)
            report.note("one dead node of 50: CPU more by", cpu, "%")


@dataclass
class Sender:
    """A node that writes to hosts behind which there is one sink."""

    plan: Plan
    place: Place
    environ: Mapping[str, str]
    sink: int
    hosts: list[str]
    drawn: int = 0

    def befriend(self, hosts: list[str]) -> None:
        with self._node() as node:
            friends.befriend(node, hosts, scheme="http")

    def wait_for(self, hosts: list[str], each: int) -> None:
        """Let letters wait for these hosts."""
        self.drawn += 1
        with self._node() as node:
            friends.letters(node, hosts, each, f"m{self.drawn}")

    def deliver(self, count: int) -> dict[str, float]:
        """Write so many letters to the hosts that answer, and deliver them."""
        self.wait_for(self.hosts, -(-count // len(self.hosts)))
        count = -(-count // len(self.hosts)) * len(self.hosts)
        told = _told([sys.executable, "-m", "bench.deliver_once", str(count)], self.environ)
        if told["arrived"] != count:
            raise RuntimeError(f"{told['arrived']} letters arrived of {count}")
        return told

    def bare(self, count: int) -> dict[str, float]:
        """Sign and post as often with nothing else."""
        return _told([sys.executable, "-m", "bench.bare_letters", str(self.sink), str(count)], {})

    @contextmanager
    def _node(self) -> Iterator[Node]:
        node = friends.opened(self.place, self.environ)
        yield node
        node.close()


@contextmanager
def _sender(plan: Plan, name: str, peers: int) -> Iterator[Sender]:
    home = plan.folder / f"letters-{name}"
    home.mkdir()
    address, port = f"http://127.0.0.1:{free_port()}", free_port()
    place, node = friends.make(home, None, address=address)
    node.close()
    environ = {**place.environ, **friends.environ_of(address)}
    command = [sys.executable, "-m", "bench.sink", str(port)]
    with running(command, port, folder=plan.folder, first="/"):
        hosts = [f"n{number}.localhost:{port}" for number in range(peers)]
        sender = Sender(plan, place, environ, port, hosts)
        sender.befriend(hosts)
        yield sender


@contextmanager
def _silence() -> Iterator[int]:
    """Listen on a port and never answer."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        yield int(listening.getsockname()[1])


def _told(command: list[str], environ: Mapping[str, str]) -> dict[str, float]:
    folder = Path(environ["WIZZLE_HOME"]) if "WIZZLE_HOME" in environ else None
    out = subprocess.run(
        command, env={**os.environ, **environ}, cwd=folder, check=True, capture_output=True,
        timeout=300,
    )  # fmt: skip
    found: dict[str, float] = json.loads(out.stdout)
    return found


def _ms(told: Mapping[str, float]) -> float:
    return 1_000 * told["cpu"] / told["count"]
