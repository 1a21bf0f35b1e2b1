"""Taking over what stewards choose on the pages, while the node runs: nobody has to start it again.

The node is opened anew beside the one that runs, on the same database, and takes its place between
two requests; those that are being answered end with the old one. What cannot be opened is logged,
and the node goes on as it is.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import structlog

from ... import node_config
from ..host import HostErrors
from ..node import Node
from ..opening import open_anew, read_settings
from .node import bring_up_to_date, waiting_revisions

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AGAIN = 5.0
"""Seconds until a node that waits for its database to be migrated is tried again."""

REST = 1_000_000_000
"""Nanoseconds that the folder must have lain still to be trusted by its time alone."""

LOOK = 2.0
"""Seconds between two looks of a worker that no request wakes."""

log = structlog.get_logger("wizzle.reopening")


class Current:
    """The node as it stands chosen now; ``told`` are called with each new one."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.told: list[Callable[[Node], None]] = []
        self._folder = str(node.home / node_config.CHOICES)
        self._tried = node.settings.choices
        self._looked = 0
        self._again = 0.0
        self._turn = threading.Lock()

    def look(self) -> Node:
        """Return the node, opened anew if anything was chosen since; costs one look at a folder.

        One thread opens it; meanwhile the others go on with the one before.
        """
        if self._is_still() or time.monotonic() < self._again:
            return self.node
        if not self._turn.acquire(blocking=False):
            self._looked = -1  # whoever opens it may have looked before this was chosen
            return self.node
        try:
            self._take()
        finally:
            self._turn.release()
        return self.node

    def _is_still(self) -> bool:
        """Say whether nothing was put into the folder since the last look.

        Two files may share a time, so that a folder that has only just changed is looked into.
        """
        try:
            changed = os.stat(self._folder).st_mtime_ns
        except OSError:
            changed = 0
        firm = time.time_ns() - changed > REST
        still, self._looked = changed == self._looked and firm, changed
        return still

    def _take(self) -> None:
        while (number := node_config.newest(self.node.home)) != self._tried:
            if not self._open():
                self._again, self._looked = time.monotonic() + AGAIN, -1
                return
            self._tried = number

    def _open(self) -> bool:
        """Open the node anew; False if that is to be tried again later."""
        try:
            node = open_anew(self.node, read_settings(self.node.home, os.environ))
            if node.db.is_sqlite:
                bring_up_to_date(node)
            elif waiting := waiting_revisions(node):
                log.warning("run `wizzle migrate` to take over what was chosen", waiting=waiting)
                return False
            for tell in self.told:
                tell(node)
        except (node_config.ConfigErrors, HostErrors) as error:
            log.error("what was chosen cannot be taken over", problems=str(error))
            return True
        except Exception:  # whatever it is: the node that runs is better than none
            log.exception("what was chosen cannot be taken over")
            return True
        self.node = node
        log.info("what was chosen is taken over", choices=node_config.newest(node.home))
        return True


def follow(
    current: Current, site: WSGIApplication, make: Callable[[Node], WSGIApplication]
) -> WSGIApplication:
    """Return an application that answers as the node stands chosen at that moment.

    ``site`` is the website of the node that runs, ``make`` makes that of a new one.
    """
    sites = [site]

    def take(node: Node) -> None:
        sites[:] = [make(node)]

    current.told.append(take)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        current.look()
        return sites[0](environ, start_response)

    return answer


class Working:
    """A worker that goes on with the node as it stands chosen, until ``stop`` is set."""

    def __init__(self, current: Current, work: Callable[[Node, threading.Event], None]) -> None:
        self._current, self._work = current, work
        self._end = threading.Event()
        current.told.append(self.begin)

    def start(self) -> None:
        """Begin with the node as it stands chosen now."""
        self.begin(self._current.node)

    def begin(self, node: Node) -> None:
        """Let the work for the node before end, and begin with this one."""
        self._end.set()
        node.db.written.set()  # wakes the one before
        self._end = end = threading.Event()
        threading.Thread(target=self._work, args=(node, end), name="worker", daemon=True).start()

    def stop(self, node: Node) -> None:
        """Let the work end."""
        self._end.set()
        node.db.written.set()
