"""Fedify as a foreign node in a process of its own: an outside witness of what we say and sign.

It is fetched by npm into `.venv/witness`, exactly as `tests/witness/package-lock.json` names it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from threading import Timer
from typing import Any

import playwright

OLDEST = 22
"""The Node.js that Fedify needs."""

HERE = Path(__file__).parents[1] / "witness"
HOME = Path(__file__).parents[2] / ".venv" / "witness"
FETCHING, ANSWERING = 120.0, 20.0
"""Seconds for npm, and for one answer."""

AGAIN = 600.0
"""Seconds until npm is asked again after it failed."""


class Absent(Exception):
    """The witness cannot be called; the text says why."""


def node_js() -> Path:
    """Return a Node.js that is new enough: the machine's own, or the one Playwright brings."""
    own = shutil.which("node")
    found = [Path(own)] if own else []
    for each in (*found, Path(playwright.__file__).parent / "driver" / "node"):
        if each.exists() and _version(each) >= OLDEST:
            return each
    raise Absent(f"no Node.js of version {OLDEST} or newer")


def _version(node: Path) -> int:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=ANSWERING)
    major = told.stdout.removeprefix("v").partition(".")[0]
    return int(major) if major.isdecimal() else 0


def fetched() -> Path:
    """Return a folder with Fedify, which is named by its lock; fetch it if it is not there."""
    lock = [HERE / name for name in ("package.json", "package-lock.json", ".npmrc")]
    folder = HOME / sha256(b"".join(each.read_bytes() for each in lock)).hexdigest()[:16]
    HOME.mkdir(parents=True, exist_ok=True)
    with _in_turn():
        if not folder.exists():
            _make(folder, lock)
    return folder


@contextmanager
def _in_turn() -> Iterator[None]:
    """Let one process after the other come in: several may run tests at once."""
    with (HOME / "turn").open("w") as file:
        with suppress(ImportError):  # not on Windows: there each fetches it for itself
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(folder: Path, lock: list[Path]) -> None:
    """Fetch it and move it in place whole; what failed just now is not tried again at once."""
    failed = HOME / "failed"
    if failed.exists() and time.time() - failed.stat().st_mtime < AGAIN:
        raise Absent(failed.read_text())
    making = Path(mkdtemp(dir=HOME))
    try:
        for each in lock:
            shutil.copy(each, making)
        _install(making)
        making.replace(folder)
    except Absent as error:
        failed.write_text(str(error))
        raise
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise Absent("no npm to fetch Fedify with")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline",
               "--fetch-retries=1", "--loglevel=error"]  # fmt: skip
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=FETCHING)
    except subprocess.TimeoutExpired:
        raise Absent(f"npm did not end within {FETCHING:.0f} s") from None
    if done.returncode:
        raise Absent(f"npm could not fetch Fedify: {done.stderr.strip()[-200:]!r}")


@dataclass
class Witness:
    """A foreign node, told what to do by lines of JSON."""

    process: subprocess.Popen[str]
    address: str = ""
    actor: str = ""

    @classmethod
    def greeted(cls, process: subprocess.Popen[str]) -> Witness:
        """Return the witness once it has said where it is."""
        made = cls(process)
        told = made._line()
        made.address, made.actor = told["address"], told["actor"]
        return made

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")

    def __call__(self, name: str, **given: Any) -> Any:
        """Let it do one of the commands of `commands.mjs`, and return what came of it."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"name": name, **given}) + "\n")
        self.process.stdin.flush()
        answer = self._line()
        assert "failed" not in answer, answer["failed"]
        return answer["done"]

    def _line(self) -> dict[str, Any]:
        assert self.process.stdout
        alarm = Timer(ANSWERING, self.process.kill)  # a line that never comes ends as no line
        alarm.start()
        line = self.process.stdout.readline()
        alarm.cancel()
        assert line, "the witness has ended"
        told: dict[str, Any] = json.loads(line)
        return told


@contextmanager
def witness() -> Iterator[Witness]:
    """Start a foreign node on a free port of this machine; raises ``Absent``."""
    node, home = node_js(), fetched()
    # Our scripts find Fedify in the folder above their own.
    with TemporaryDirectory(dir=home) as scripts:
        for each in HERE.glob("*.mjs"):
            shutil.copy(each, scripts)
        process = subprocess.Popen(
            [node, "peer.mjs"], cwd=scripts, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            yield Witness.greeted(process)
        finally:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """Let the witness end by itself, as it does when nobody speaks to it; else end it."""
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
