"""The nursery: it has loaded everything once, and nodes come out of it by a fork in a moment.

``python -m support.storm.nursery`` takes lines of JSON: ``{"start": [place, ahead, door]}`` is
answered by the process id, ``{"kill": pid}`` kills one that it started itself. When its input ends,
however that comes, it kills them all.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.orm import configure_mappers

from wizzle.core.opening import open_node
from wizzle.core.testing import example_settings
from wizzle.core.web import create_app

from .process import PLUGINS, start

HEAVY = (
    "wizzle.federation.signatures.web", "wizzle.federation.signatures.loading",
    "wizzle.federation.trust.actions.web",
)  # fmt: skip
"""What a node loads only when it first signs or verifies something."""


def load() -> None:
    """Load all that a node needs, and leave nothing open."""
    with TemporaryDirectory() as home:
        node = open_node(example_settings(Path(home), plugins=PLUGINS))
        create_app(node)
        node.close()
    configure_mappers()
    for name in HEAVY:
        import_module(name)


def main() -> None:
    load()
    alive: set[int] = set()
    try:
        for line in sys.stdin:
            print(json.dumps(_do(json.loads(line), alive)), flush=True)
    finally:
        for pid in list(alive):
            _kill(pid, alive)


def _do(told: dict[str, Any], alive: set[int]) -> int:
    if "kill" in told:
        return _kill(int(told["kill"]), alive)
    pid = os.fork()
    if pid == 0:
        os.close(0)  # what is told to the nursery is not for its children
        start(*told["start"])
    alive.add(pid)
    return pid


def _kill(pid: int, alive: set[int]) -> int:
    """Kill a process of ours, and wait until it is gone; 0 if it is none of ours."""
    if pid not in alive:
        return 0
    alive.discard(pid)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return pid


if __name__ == "__main__":
    main()
