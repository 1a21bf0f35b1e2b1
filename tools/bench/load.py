"""The client: a process of its own that asks over kept connections and reports what came back.

    python -m bench.load <file>

The file is JSON: port, clients, seconds, most (how many visits), visits (each the whole texts, in
Latin-1, of requests that one client sends in order). The clients take them in turn, from the first
again if ``cycle``. It says "ready", waits for a line, and prints one JSON object at the end.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast


@dataclass
class Run:
    """One load: what is still to be sent, and what has come back."""

    port: int
    visits: Iterator[list[bytes]]
    until: float
    statuses: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    size: int = 0
    lost: int = 0

    def next(self) -> list[bytes]:
        """Return the requests of the next visit, none when it is time to go."""
        return list(next(self.visits, [])) if time.perf_counter() < self.until else []


class Visitor(asyncio.Protocol):
    """One connection that asks again as soon as it was answered."""

    def __init__(self, run: Run, done: asyncio.Future[bool]) -> None:
        self.run, self.done = run, done
        self.buffer, self.wanted, self.sent = b"", -1, 0.0
        self.waiting: list[bytes] = []
        self.last = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.WriteTransport, transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.wanted < 0:
            self._read_head()
        if 0 <= self.wanted <= len(self.buffer):
            self._answered()

    def connection_lost(self, _error: Exception | None) -> None:
        if self.sent:
            self.run.lost += 1
        if not self.done.done():
            self.done.set_result(self.last)

    def _ask(self) -> None:
        self.waiting = self.waiting or self.run.next()
        if not self.waiting:
            self.last = True
            self.transport.close()
            return
        self.buffer, self.wanted, self.sent = b"", -1, time.perf_counter()
        self.transport.write(self.waiting.pop(0))

    def _read_head(self) -> None:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.buffer[:end].lower()
        place = head.find(b"\r\ncontent-length:")
        length = int(head[place + 17 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
        self.wanted = end + 4 + length
        self.head = head

    def _answered(self) -> None:
        self.run.waits.append(time.perf_counter() - self.sent)
        self.run.statuses[self.head[9:12].decode()] += 1
        self.run.size = len(self.buffer)
        self.sent = 0.0
        if b"\r\nconnection: close" in self.head:
            self.transport.close()
        else:
            self._ask()


async def _client(run: Run) -> None:
    """Ask until there is nothing left to ask, on a new connection whenever one was closed."""
    loop = asyncio.get_running_loop()
    last = False
    while not last and time.perf_counter() < run.until:
        done: asyncio.Future[bool] = loop.create_future()
        await loop.create_connection(lambda d=done: Visitor(run, d), "127.0.0.1", run.port)  # type: ignore[misc]
        last = await done


async def _all(run: Run, clients: int) -> None:
    await asyncio.gather(*(_client(run) for _ in range(clients)))


def _told(run: Run, seconds: float) -> dict[str, Any]:
    waits = sorted(run.waits) or [0.0]
    return {
        "count": len(run.waits),
        "statuses": dict(run.statuses),
        "seconds": seconds,
        "p50": waits[len(waits) // 2],
        "p95": waits[min(len(waits) - 1, int(len(waits) * 0.95))],
        "size": run.size,
        "lost": run.lost,
    }


def main() -> None:
    """Read the file, wait for the word, ask, and tell."""
    task = json.loads(Path(sys.argv[1]).read_text())
    visits = [[text.encode("latin-1") for text in texts] for texts in task["visits"]]
    source = itertools.cycle(visits) if task["cycle"] else iter(visits)
    print("ready", flush=True)
    sys.stdin.readline()
    started = time.perf_counter()
    run = Run(
        task["port"], itertools.islice(source, task["most"]), started + float(task["seconds"])
    )
    asyncio.run(_all(run, task["clients"]))
    print(json.dumps(_told(run, time.perf_counter() - started)), flush=True)


if __name__ == "__main__":
    main()
