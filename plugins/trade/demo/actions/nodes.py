"""A node with a folder and an address of its own: made, run as a process, and ended."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .....core.outgoing import Failed
from .....core.ports import outgoing
from .visiting import PATIENCE, Stuck, until

ACCOUNTS, LOG = "accounts.txt", "run.log"
_WAIT = 120.0
"""Seconds that a command or an end may take."""


@dataclass(frozen=True)
class DemoNode:
    """One of the two: which example it is, where it lives, and how it is called."""

    example: str
    home: Path
    host: str
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list, repr=False)

    @property
    def address(self) -> str:
        return f"http://{self.host}"

    @property
    def port(self) -> int:
        found = urlsplit(self.address).port
        return found or 80

    def wizzle(self, *arguments: str) -> str:
        """Run a command of this node and return what it printed; ``Stuck`` if it ends badly."""
        done = subprocess.run(  # noqa: S603 our own program
            _command(arguments), env=self._around(), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=_WAIT, check=False,
        )  # fmt: skip
        if done.returncode:
            said = (done.stdout + done.stderr).strip()
            raise Stuck(f"wizzle {' '.join(arguments)} ended with {done.returncode}: {said}")
        return done.stdout

    def asked(self, *arguments: str) -> Any:
        """Run a command with --json and return what it told."""
        return json.loads(self.wizzle(*arguments, "--json"))

    def make(self) -> None:
        """Make the folder with its example, open to nodes on this machine."""
        self.home.mkdir(parents=True, exist_ok=True)
        made = self.wizzle(
            "init", "--example", self.example, "--yes", "--node-address", self.address,
            "--set", "server.port", str(self.port), "--set", "server.development", "true",
        )  # fmt: skip
        made += self.wizzle("examples")
        keep(self.home / ACCOUNTS, made)

    def accounts(self) -> dict[str, tuple[str, str]]:
        """Return e-mail and password of an account of each role that the example has."""
        text = (self.home / ACCOUNTS).read_text(encoding="utf-8")
        found = re.search(r"password (\S+)", text)
        password = found[1] if found else ""
        rows = re.findall(r"^ {4}(\w+) +(\S+@\S+)$", text, re.MULTILINE)
        return {role: (email, password) for role, email in rows}

    @contextmanager
    def started(self) -> Iterator[None]:
        """Serve this node as `wizzle run` does, until the end of the block; see ``ready``."""
        with (self.home / LOG).open("w", encoding="utf-8") as log:
            process = subprocess.Popen(  # noqa: S603 our own program
                _command(("run", "--port", str(self.port))), env=self._around(),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._processes.append(process)
        try:
            yield
        finally:
            self._processes.remove(process)
            _end(process)

    def ready(self) -> None:
        """Wait until the node that was started answers."""
        until(f"{self.address} answers", self._answers)

    def ended(self) -> bool:
        """Say whether the node that was started has ended by itself."""
        return any(process.poll() is not None for process in self._processes)

    def said(self) -> str:
        """Return the end of what the running node has written."""
        return (self.home / LOG).read_text(encoding="utf-8").strip()[-1_000:]

    def _answers(self) -> bool:
        if self.ended():
            raise Stuck(f"{self.address} has ended: {self.said()}")
        way = outgoing(loopback=True, agent="Wizzle demo")
        try:
            return way.fetch("GET", f"{self.address}/healthz", seconds=PATIENCE).status == 200
        except Failed:
            return False

    def _around(self) -> dict[str, str]:
        """Return the environment of this node's processes: nothing of another node counts."""
        kept = {key: it for key, it in os.environ.items() if not key.startswith("WIZZLE_")}
        return {**kept, "WIZZLE_HOME": str(self.home)}


def _command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "wizzle.core.cli", *arguments]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_WAIT / 6)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def keep(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
