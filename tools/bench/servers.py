"""Starts the servers that are measured, all in the same way, and ends each by its process id."""

# ruff: noqa: S603 (starting servers is what this file is for)

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0
"""Seconds until a server must answer."""


@dataclass(frozen=True)
class Served:
    """A running server; ``first`` is how many seconds after its start its first page came."""

    process: subprocess.Popen[bytes]
    port: int
    first: float

    @property
    def pid(self) -> int:
        return self.process.pid


def command_of(kind: str, app: str, port: int) -> Sequence[str]:
    """Return how ``kind`` of server serves an application: both with eight threads in all."""
    here = f"127.0.0.1:{port}"
    if kind == "waitress":
        return [sys.executable, "-m", "waitress", f"--listen={here}", "--threads=8", app]
    # Two workers would otherwise share one queue, and kept connections could all land on one.
    return [
        sys.executable, "-m", "gunicorn", app, "--bind", here, "--reuse-port", "--workers", "2",
        "--worker-class", "gthread", "--threads", "4", "--keep-alive", "60", "--preload",
        "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip


@contextmanager
def serve(
    kind: str, app: str, *, folder: Path, first: str = "/", environ: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Serve an application until the block ends; ``first`` is asked for until it comes."""
    port = free_port()
    with running(
        command_of(kind, app, port), port, folder=folder, first=first, environ=environ
    ) as it:
        yield it


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    *,
    folder: Path,
    first: str,
    environ: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Run a command that serves on this port until the block ends."""
    log = folder / f"server-{port}.log"
    started = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        _wait(process, port, first, log)
        yield Served(process, port, time.monotonic() - started)
    finally:
        _end(process)


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    until, answer = time.monotonic() + PATIENCE, b""
    while time.monotonic() < until and process.poll() is None:
        try:
            answer = ask(port, path)
        except OSError:
            time.sleep(0.005)
            continue
        if answer.split(b" ", 2)[1:2] == [b"200"]:
            return
        break
    words = log.read_text(errors="replace")[-2_000:]
    raise RuntimeError(f"no page at {path}: {answer[:300]!r}\n{words}")


def ask(port: int, path: str, headers: str = "") -> bytes:
    """Return the whole answer to one GET, on a connection of its own."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n"
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request.encode())
        while part := connection.recv(1 << 16):
            answer += part
    return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
