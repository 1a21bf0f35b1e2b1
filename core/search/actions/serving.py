"""The work of a worker: reading anew what has changed, and now and then everything."""

from __future__ import annotations

from threading import Event

import structlog

from ...answers import Service
from ...node import Node
from ..queries import searchables
from .keeping import forget_kinds, settle, walk

LOOK = 0.5
"""Seconds until what was written meanwhile is seen."""

log = structlog.get_logger("wizzle.search")


def keep_up(node: Node) -> int:
    """Read anew all that waits and all that is due to be read; return how many things it was."""
    sources = searchables(node)
    forget_kinds(node, sources)
    done = 0
    while some := settle(node, sources) or walk(node, sources):
        done += some
    return done


def _go_on(node: Node, stop: Event) -> None:
    sources = searchables(node)
    begun = False
    while not stop.wait(LOOK):
        try:
            if not begun:
                forget_kinds(node, sources)
                begun = True
            while not stop.is_set() and (settle(node, sources) or walk(node, sources)):
                pass
        except Exception:  # whatever it is: nothing new would be found any more
            log.exception("the index could not be kept in step")


SERVICE = Service("search", keep_up, _go_on)
