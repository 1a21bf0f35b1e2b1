"""The demo that stays: a folder with both nodes, made once, and served until somebody ends it."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .nodes import keep
from .pairing import Two, introduce, two_in
from .visiting import Stuck

MARK = "demo.json"
"""Says which ports the folder's nodes have, and whether they were made to the end."""


@contextmanager
def served(folder: Path, ports: tuple[int, int]) -> Iterator[Two]:
    """Serve the demo of a folder until the end of the block; make it first if it is not there.

    One that was not finished is made anew. ``Stuck`` for a folder of something else, and for other
    ports: its addresses stand in everything that both nodes have written.
    """
    made = _made(folder, ports)
    two = two_in(folder, *ports)
    if not made:
        folder.mkdir(parents=True, exist_ok=True)
        _mark(folder, ports, finished=False)
        two.make()
    with two.running():
        if not made:
            introduce(two)
            _mark(folder, ports, finished=True)
        yield two


def _made(folder: Path, ports: tuple[int, int]) -> bool:
    """Say whether the demo is there; what is left of an unfinished one is taken away."""
    if not folder.exists() or not any(folder.iterdir()):
        return False
    if not (folder / MARK).exists():
        raise Stuck(f"{folder} holds something else. Please name another folder.")
    told = json.loads((folder / MARK).read_text(encoding="utf-8"))
    if not told["finished"]:
        shutil.rmtree(folder)
        return False
    if tuple(told["ports"]) != ports:
        first, other = told["ports"]
        raise Stuck(
            f"The nodes in {folder} live at the ports {first} and {other}. Please start them "
            "there, or name another folder."
        )
    return True


def _mark(folder: Path, ports: tuple[int, int], *, finished: bool) -> None:
    keep(folder / MARK, json.dumps({"ports": ports, "finished": finished}))


def stay(two: Two) -> None:
    """Wait until somebody ends this process; ``Stuck`` if a node ends by itself."""
    while True:
        time.sleep(1)
        for node in two.both:
            if node.ended():
                raise Stuck(f"{node.address} has ended: {node.said()}")
