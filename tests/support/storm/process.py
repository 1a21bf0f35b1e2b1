"""A node in a process of its own: served, with its worker, and with people who are told to act."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import traceback
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import waitress

from wizzle.core.cli.serving import work
from wizzle.core.errors import WizzleError
from wizzle.core.node import Node
from wizzle.core.opening import open_node
from wizzle.core.ports import Ports, outgoing
from wizzle.core.testing import example_settings
from wizzle.core.web import create_app

from .people import act
from .stewards import steward

PLUGINS = ("market", "assembly", "fund", "federation", "trade")


@dataclass(frozen=True)
class Place:
    """One of the two nodes: "gangbuk" with the hub, or "wanju" with the farm.

    ``address`` is that of the weather before it, ``farm`` the actor of the farm. ``by_hand``: a
    person answers each order. ``workers`` look after letters and jobs, each as if it were a process
    of its own.
    """

    name: str
    home: str
    url: str | None
    address: str
    farm: str
    by_hand: bool = False
    workers: int = 1

    def open(self, ports: Ports) -> Node:
        return open_node(
            example_settings(
                Path(self.home), url=self.url, plugins=PLUGINS, address=self.address,
                development=True, plugin_settings={"trade": self._trade},
            ),
            ports,
        )  # fmt: skip

    @property
    def _trade(self) -> dict[str, Any]:
        return {"change_hours": 0, "confirm": "hand" if self.by_hand else "stock"}


class Shifted:
    """The machine's clock, so many seconds ahead of what it shows; it can be put forward."""

    def __init__(self, ahead: float) -> None:
        self._ahead = timedelta(seconds=ahead)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def jump(self, seconds: float) -> None:
        self._ahead += timedelta(seconds=seconds)


def start(place: dict[str, Any], ahead: float, door: int) -> None:
    """Be the node until whoever stands behind ``door`` hangs up; never returns."""
    _log(Path(place["home"]))
    try:
        _live(Place(**place), Shifted(ahead), door)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _log(home: Path) -> None:
    """Let all that this process says go into a file."""
    log = os.open(home / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for place in (1, 2):
        os.dup2(log, place)


def _live(place: Place, clock: Shifted, door: int) -> None:
    node = place.open(Ports(clock=clock, http=outgoing(loopback=True)))
    site = waitress.create_server(create_app(node), host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=site.run, daemon=True).start()
    for number in range(place.workers):
        ports = Ports(clock=clock, http=outgoing(loopback=True))
        worker = place.open(ports) if number else node
        threading.Thread(target=work, args=(worker, threading.Event()), daemon=True).start()
    with socket.create_connection(("127.0.0.1", door)) as line, line.makefile("rw") as talk:
        _say(talk, {"name": place.name, "pid": os.getpid(), "port": site.effective_port})
        for told in talk:
            _say(talk, _done(node, place, clock, json.loads(told)))


def _say(talk: Any, what: dict[str, Any]) -> None:
    talk.write(json.dumps(what, ensure_ascii=False) + "\n")
    talk.flush()


def _done(node: Node, place: Place, clock: Shifted, told: dict[str, Any]) -> dict[str, Any]:
    """Do what is told: put the clock forward, or let somebody act."""
    if "jump" in told:
        clock.jump(told["jump"])
        node.db.written.set()
        return {"did": "jumped"}
    try:
        if "steward" in told:
            return {"did": steward(node, told["steward"])}
        return {"did": act(node, place.name, place.farm, told["seed"], ending=told["ending"])}
    except WizzleError as refused:
        return {"did": f"refused: {refused}"}
    except Exception:
        return {"did": "failed", "fault": traceback.format_exc()}


def told(place: Place) -> dict[str, Any]:
    """Return a place as a process is told of it."""
    return asdict(place)
