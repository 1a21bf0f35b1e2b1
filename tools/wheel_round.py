"""Builds the wheel, installs it far from the checkout, and plays a round there as a stranger would.

    .venv/bin/python tools/wheel_round.py

What an editable install forgives shows here: a package missing from setup.cfg, a template that
is not shipped, a library that is used but not declared.
"""

# ruff: noqa: S603, S607 (starting the installed commands is what this file is for)

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bootstrap import LOCKS, ROOT, Environment

PATIENCE = 60.0  # seconds until a server must answer
SEED_PRODUCERS = {"made": 31, "repeated": 2, "refused": 0, "incomplete": 1}


class Wrong(Exception):
    """The installed wheel does not do what it should; the text says what it did."""


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Print what is done and how long it took."""
    started = time.monotonic()
    yield
    print(f"  {name}: {time.monotonic() - started:.1f} s", flush=True)


def build(work: Path) -> Path:
    """The wheel, built from a copy that holds only what the repository would hold."""
    source, target = work / "source", work / "dist"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(target), str(source)], check=True)
    return next(target.glob("*.whl"))


def install(wheel: Path, work: Path) -> Environment:
    """A fresh environment with the locked libraries and the wheel, its demands all met."""
    environment = Environment(work / "env")
    environment.create()
    environment.install_locked(LOCKS / "base.txt")
    environment.install_project([str(wheel)])
    subprocess.run([str(environment.python), "-m", "pip", "check"], check=True)
    return environment


class Stranger:
    """Someone who has the wheel and an empty folder, and nothing of the checkout."""

    def __init__(self, environment: Environment, home: Path) -> None:
        self.home = home
        self.command = str(environment.scripts / "wizzle")
        self.python = str(environment.python)
        path = os.pathsep.join((str(environment.scripts), "/usr/bin", "/bin"))
        self.surrounding = {"PATH": path, "HOME": str(home)}
        home.mkdir()

    def wizzle(self, *arguments: str) -> str:
        """Run a command of the node in this folder; what it printed."""
        done = subprocess.run(
            [self.command, *arguments], cwd=self.home, env=self.surrounding,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=600,
        )  # fmt: skip
        if done.returncode:
            print(done.stdout.decode(errors="replace"))
            raise Wrong(f"wizzle {' '.join(arguments)} ended with {done.returncode}")
        return done.stdout.decode()

    def told(self, *arguments: str) -> dict[str, Any]:
        """Run a command with --json; the object it printed."""
        text = self.wizzle(*arguments, "--json")
        try:
            answer = json.loads(text)
        except ValueError:
            raise Wrong(f"wizzle {' '.join(arguments)} --json printed {text[:200]!r}") from None
        if not isinstance(answer, dict):
            raise Wrong(f"wizzle {' '.join(arguments)} --json printed no object")
        return answer

    def producers(self) -> Path:
        """The seed's table of producers as the wheel ships it."""
        code = "import wizzle; print(wizzle.__path__[0])"
        done = subprocess.run(
            [self.python, "-c", code], cwd=self.home, env=self.surrounding,
            check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        package = Path(done.stdout.decode().strip())
        if package == ROOT or ROOT in package.parents:
            raise Wrong(f"the wheel is not what was imported, but {package}")
        found = sorted(package.rglob("producers.tsv"))
        if not found:
            raise Wrong("the wheel ships no producers.tsv")
        return found[0]


def expect(what: str, told: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Raise when an answer holds another value than wanted."""
    wrong = {name: told.get(name) for name, value in wanted.items() if told.get(name) != value}
    if wrong:
        raise Wrong(f"{what}: {wrong} where {wanted} was wanted")


def play(stranger: Stranger) -> None:
    """A node from nothing, the seed's producers, and a whole cycle with its money."""
    with stage("init, migrate"):
        stranger.wizzle("init", "--example", "gangbuk", "--yes")
        stranger.wizzle("migrate")
    with stage("import producers, dry"):
        table = str(stranger.producers())
        told = stranger.told("import", "producers", table, "--dry-run")
        expect("import producers", told, SEED_PRODUCERS)
    with stage("examples"):
        stranger.wizzle("examples")
    with stage("round simulate"):
        told = stranger.told("round", "simulate", "--residents", "20", "--seed", "1")
        expect("the round", told, {"difference": 0, "oversold": 0, "ledger_ok": True})


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def visit(stranger: Stranger) -> None:
    """Serve the node, ask for its first page, and end it by its own process id."""
    port = free_port()
    server = subprocess.Popen(
        [stranger.command, "run", "--port", str(port)],
        cwd=stranger.home, env=stranger.surrounding, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        page = answer(f"http://127.0.0.1:{port}/", server)
        if "<html" not in page:
            raise Wrong(f"the first page is no page: {page[:200]!r}")
        server.terminate()
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        raise Wrong("wizzle run did not end within 20 s of being asked to") from None
    finally:
        server.kill()
        server.wait()


def answer(address: str, server: subprocess.Popen[bytes]) -> str:
    """The page at an address, as soon as the server gives it with status 200."""
    until, last = time.monotonic() + PATIENCE, "nothing"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < until and server.poll() is None:
        try:
            with opener.open(address, timeout=10) as reply:
                return str(reply.read().decode())
        except urllib.error.HTTPError as refused:
            raise Wrong(f"{address} answered {refused.code}") from None
        except OSError as failure:
            last = str(failure)
        time.sleep(0.1)
    ended = server.poll()
    raise Wrong(f"{address}: {last}" if ended is None else f"wizzle run ended with {ended}")


def main() -> int:
    """Build, install, play, visit; 0 when all of it went as it should."""
    with tempfile.TemporaryDirectory(prefix="wizzle-wheel-") as folder:
        work = Path(folder)
        try:
            with stage("wheel"):
                wheel = build(work)
            with stage("installed"):
                stranger = Stranger(install(wheel, work), work / "node")
            play(stranger)
            with stage("run, first page, stop"):
                visit(stranger)
        except (Wrong, subprocess.SubprocessError) as failure:
            print(f"The wheel fails: {failure}", file=sys.stderr)
            return 1
    print("The wheel plays a round outside the checkout.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
