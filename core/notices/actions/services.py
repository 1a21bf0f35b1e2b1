"""The work that goes on beside the jobs: push messages, which other machines may make slow."""

from __future__ import annotations

from functools import partial
from threading import Event

import structlog

from ... import outbox
from ...answers import Service
from ...node import Node
from .asking import PUSH, PUSH_ONE
from .pushing import work_push, work_push_one
from .tidying import tidy

LOOK = 5.0
"""Seconds between two looks for push messages."""

TIDY = 720
"""Looks between two times of tidying: an hour."""

log = structlog.get_logger("wizzle.notices")


def _push(node: Node) -> int:
    table = {PUSH: partial(work_push, node), PUSH_ONE: partial(work_push_one, node)}
    return outbox.run_due(node.db, node.clock, table)


def _once(node: Node) -> int:
    return _push(node) + tidy(node)


def _go_on(node: Node, stop: Event) -> None:
    looked = 0
    while not stop.is_set():
        try:
            busy = _push(node)
            if looked % TIDY == 0:
                busy += tidy(node)
        except Exception:  # whatever it is: no browser would be told anything any more
            log.exception("notices could not be looked after")
            busy = 0
        looked += 1
        if not busy:
            stop.wait(LOOK)


SERVICE = Service("core.notices", _once, _go_on)
