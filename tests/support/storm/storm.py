"""The storm: both nodes live on while they are cut off, killed and put forward in time."""

from __future__ import annotations

import json
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from wizzle.core.node import Node
from wizzle.core.testing import MONDAY

from . import proof
from .process import Place, told
from .stage import make
from .stewards import STEPS
from .weather import Weather, stand_before

NAMES = ("gangbuk", "wanju")
APART = 100.0
"""Seconds by which each clock is wrong at most, one this way and one that way: a signature that is
as old as five minutes is not taken."""

JUMPS = (5, 30, 120, 700)
"""Seconds by which both clocks are put forward at a time, one after the other."""

STARTING = 60.0
ANSWERING = 30.0
CALMING = 60.0
"""Seconds that are waited for a process, for an answer of it, and for all to come to rest."""

TESTS = Path(__file__).resolve().parents[2]


class Gone(Exception):
    """The process does not answer: it was killed."""


@dataclass
class Alive:
    """A node's process, and the line on which it is told what to do."""

    pid: int
    line: socket.socket
    talk: IO[str]

    def say(self, **what: Any) -> None:
        try:
            self.talk.write(json.dumps(what) + "\n")
            self.talk.flush()
        except OSError as error:
            raise Gone from error

    def hear(self) -> dict[str, Any]:
        try:
            heard = self.talk.readline()
        except OSError as error:
            raise Gone from error
        if not heard:
            raise Gone
        found: dict[str, Any] = json.loads(heard)
        return found


@dataclass
class Storm:
    """Both nodes, the weather between them, and what happened; used as a context.

    Of every second seed a person at the farm answers orders. ``wild``: stewards pause each other
    and renew keys, and two workers share the farm's letters if it stands on PostgreSQL.
    """

    home: Path
    seed: int
    urls: dict[str, str] = field(default_factory=dict)
    wild: bool = False
    say: Callable[[str], object] = lambda _: None
    happened: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __enter__(self) -> Storm:
        self._chance = random.Random(self.seed)
        self.weather = Weather(random.Random(self.seed + 1))
        self._closing = ExitStack()
        try:
            self._begin()
        except BaseException:
            self._closing.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def _begin(self) -> None:
        self._nursery = self._closing.enter_context(_Nursery())
        self._door = self._closing.enter_context(socket.create_server(("127.0.0.1", 0)))
        self._door.settimeout(STARTING)
        addresses = {name: self._address(name) for name in NAMES}
        # The farm is the first space that is made in Wanju.
        farm = f"{addresses['wanju']}/orgs/1"
        self._places = {
            name: Place(
                name,
                str(self.home / name),
                self.urls.get(name),
                addresses[name],
                farm,
                by_hand=bool(self.seed % 2),
                workers=2 if self.wild and name in self.urls else 1,
            )
            for name in NAMES
        }
        for place in self._places.values():
            Path(place.home).mkdir(parents=True)
        self.gangbuk, self.wanju = make(*self._places.values())
        for node in (self.gangbuk, self.wanju):
            self._closing.callback(node.close)
        begun = (MONDAY - datetime.now(UTC)).total_seconds()
        apart = self._chance.uniform(0, APART)
        self._ahead = {"gangbuk": begun + apart, "wanju": begun - apart}
        self.alive = {name: self._start(name) for name in NAMES}
        self._become_acquainted()

    def _become_acquainted(self) -> None:
        """Let the hub copy the catalogue before anything else: without goods there is no storm."""
        ends = time.monotonic() + STARTING
        while self.act("gangbuk") != "a round begins":
            assert time.monotonic() < ends, "the catalogue does not come"
            time.sleep(0.2)

    def _address(self, name: str) -> str:
        server = stand_before(self.weather, name)
        self._closing.callback(server.server_close)
        self._closing.callback(server.shutdown)
        return f"http://127.0.0.1:{server.server_address[1]}"

    # Processes

    def _tell_nursery(self, what: dict[str, Any]) -> int:
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(json.dumps(what) + "\n")
        self._nursery.stdin.flush()
        return int(json.loads(self._nursery.stdout.readline()))

    def _start(self, name: str) -> Alive:
        port = self._door.getsockname()[1]
        pid = self._tell_nursery({"start": [told(self._places[name]), self._ahead[name], port]})
        line, _ = self._door.accept()
        line.settimeout(ANSWERING)
        alive = Alive(pid, line, line.makefile("rw"))
        hello = alive.hear()
        assert (hello["name"], hello["pid"]) == (name, pid)
        self.weather.ports[name] = hello["port"]
        return alive

    def kill(self, name: str) -> None:
        """Kill a node where it stands, and start it again at once."""
        gone = self.alive[name]
        assert self._tell_nursery({"kill": gone.pid}) == gone.pid
        gone.line.close()
        self.happened[f"kill -9 of {name}"] += 1
        self.alive[name] = self._start(name)

    # What happens

    def rage(self, seconds: float) -> None:
        """Let it storm for so long."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            lot = self._chance.random()
            name = self._chance.choice(NAMES)
            if lot < 0.70:
                for _ in range(self._chance.randint(1, 4)):
                    self.act(name)
            elif lot < 0.73:
                self.kill(name)
            elif lot < 0.77:
                self._kill_in_the_act(name)
            elif lot < 0.90:
                self.jump(self._chance.choice(JUMPS))
            elif lot < 0.92 and self.wild:
                self._let_stewards(name, self._chance.choice(STEPS))
            else:
                self.weather.strength = self._chance.choice((0.0, 0.1, 0.2, 0.3, 0.5, 1.0))
            time.sleep(self._chance.random() * 0.15)

    def act(self, name: str, *, ending: bool = False) -> str:
        """Let somebody at a node do something, and return what it was."""
        alive = self.alive[name]
        alive.say(seed=self._chance.randrange(2**32), ending=ending)
        heard = alive.hear()
        if "fault" in heard:
            self.faults.append(f"{name}: {heard['fault']}")
        self.happened[f"{name} acts"] += 1
        self.say(f"{name}: {heard['did']}")
        return str(heard["did"])

    def _kill_in_the_act(self, name: str) -> None:
        self.alive[name].say(seed=self._chance.randrange(2**32), ending=False)
        time.sleep(self._chance.random() ** 2 * 0.2)
        self.kill(name)

    def _let_stewards(self, name: str, what: str) -> None:
        self.alive[name].say(steward=what)
        heard = self.alive[name].hear()
        if "fault" in heard:
            self.faults.append(f"{name}: {heard['fault']}")
        self.happened[f"{name}: {heard['did'][:40]}"] += 1
        self.say(f"{name}: {heard['did']}")

    def jump(self, seconds: float) -> None:
        """Put both clocks forward, one of them a moment before the other."""
        for name in self._chance.sample(NAMES, 2):
            self._ahead[name] += seconds
            self.alive[name].say(jump=seconds)
            self.alive[name].hear()
            time.sleep(self._chance.random() * 0.1)
        self.happened["jump"] += 1

    def _move_on(self) -> None:
        """Put both clocks forward by what a letter may have to wait, in steps so short that no
        signature is too old between the one clock and the other."""
        for _ in range(8):
            for alive in self.alive.values():
                alive.say(jump=90)
            for name, alive in self.alive.items():
                alive.hear()
                self._ahead[name] += 90

    def calm(self) -> None:
        """Let the weather become calm and wait until nothing moves any more."""
        self.weather.strength = 0.0
        for name in NAMES if self.wild else ():
            self._let_stewards(name, "resume")
        ends = time.monotonic() + CALMING
        still = 0
        while still < 3:
            acted = {self.act(name, ending=True) for name in NAMES for _ in range(3)}
            time.sleep(0.3)
            waiting = self.waiting()
            still = still + 1 if acted == {"nothing"} and not waiting else 0
            if time.monotonic() > ends:
                self.faults.append(f"it does not come to rest: {waiting or acted}")
                return
            self._move_on()

    def waiting(self) -> str:
        """Return what still waits at either node."""
        now = {name: self._now(name) for name in NAMES}
        found = {
            name: proof.waits(node, now[name])
            for name, node in zip(NAMES, (self.gangbuk, self.wanju), strict=True)
        }
        return "; ".join(f"{name}: {told}" for name, told in found.items() if told)

    def _now(self, name: str) -> datetime:
        return datetime.fromtimestamp(time.time() + self._ahead[name], UTC)

    def judge(self) -> list[str]:
        """Return what is wrong, now that it is calm: nothing, if all is well."""
        return [*self.faults, *proof.faults(self.gangbuk, self.wanju)]

    def nodes(self) -> tuple[Node, Node]:
        return self.gangbuk, self.wanju


class _Nursery:
    """The process out of which the nodes come; it and they end with the block."""

    def __enter__(self) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.storm.nursery"], cwd=TESTS, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        return self._process

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
