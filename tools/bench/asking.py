"""One load on one server: starts the client, watches what it costs, and hands back the figures."""

# ruff: noqa: S603 (starting the client is what this file is for)

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, cast

from .machine import wait_until_idle, watch
from .servers import Served


@dataclass(frozen=True)
class Visit:
    """What a load got; ``cpu`` in seconds, of the server and of its database."""

    count: int
    statuses: dict[str, int]
    rate: float
    p50: float
    p95: float
    cpu: float
    size: int
    lost: int
    others: float

    @property
    def cpu_ms(self) -> float:
        """Milliseconds a request."""
        return 1_000 * self.cpu / max(self.count, 1)

    def only(self, *statuses: str) -> Visit:
        """Return the visit if every answer had one of these statuses; RuntimeError if not."""
        if self.lost or not self.count or set(self.statuses) - set(statuses):
            raise RuntimeError(f"answers {self.statuses}, {self.lost} lost: {statuses} wanted")
        return self


@dataclass(frozen=True)
class Load:
    """What is to be asked: ``visits`` in turn, by so many clients, for so long or so often.

    A visit is what one client asks in order.
    """

    visits: Sequence[Sequence[bytes]]
    clients: int = 16
    seconds: float = 2.0
    most: int | None = None
    cycle: bool = True


def get(path: str, headers: str = "") -> bytes:
    """Return the text of a GET on a kept connection."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()


def post(path: str, body: bytes, headers: str = "") -> bytes:
    """Return the text of a POST of a form on a kept connection."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def visit(served: Served, load: Load, *, database: int | None = None) -> Visit:
    """Put the load on the server; ``database`` is the process id of its database server."""
    pids = [served.pid, *([database] if database else [])]
    wait_until_idle(pids)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(_task(served, load), file)
        file.flush()
        client = subprocess.Popen(
            [sys.executable, "-m", "bench.load", file.name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            return _watched(client, pids, load)
        finally:
            client.kill()
            client.wait()


def _task(served: Served, load: Load) -> dict[str, object]:
    return {
        "port": served.port,
        "clients": load.clients,
        "seconds": load.seconds,
        "most": load.most,
        "cycle": load.cycle,
        "visits": [[text.decode("latin-1") for text in texts] for texts in load.visits],
    }


def _watched(client: subprocess.Popen[str], pids: Sequence[int], load: Load) -> Visit:
    if cast(IO[str], client.stdout).readline() != "ready\n":
        raise RuntimeError("the client did not start")
    with watch(pids) as used:
        out, _ = client.communicate("go\n", timeout=load.seconds + 60)
    told = json.loads(out)
    count = int(told["count"])
    return Visit(
        count=count,
        statuses=told["statuses"],
        rate=count / float(told["seconds"]),
        p50=float(told["p50"]),
        p95=float(told["p95"]),
        cpu=sum(used.cpu.values()),
        size=int(told["size"]),
        lost=int(told["lost"]),
        others=used.others_share,
    )
