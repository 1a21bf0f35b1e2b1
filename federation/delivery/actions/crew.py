"""The crew: one who takes what is due and notes what came of it, and threads that carry."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog

from ....core.node import Node
from ..queries import due
from .bells import bell_of
from .carrying import Way, carry
from .expiring import give_up
from .leasing import Run, take
from .noting import Landed, give_back, note

HANDS = 24
"""Threads that carry. A host that does not do well has one of them, so that it takes many slow
hosts at once until another has to wait."""

LOOK = 1.0
"""Seconds until what another process has written is seen."""

SOON = 0.05
"""Seconds until it is tried again to take what another process holds for a moment."""

AGAIN = timedelta(minutes=10)
"""When letters are sent again of which could not be noted what came of them."""

log = structlog.get_logger("wizzle.federation")


class Crew:
    """Delivers the letters of one node; several of them, in several processes, share the work."""

    def __init__(self, node: Node, way: Way, *, hands: int = HANDS) -> None:
        self._node, self._way, self._hands = node, way, hands
        self._pool = ThreadPoolExecutor(hands, thread_name_prefix="letters")
        self._landed: deque[Landed] = deque()
        self._flying = 0
        self._woken = bell_of(node.db, "letters").waiter()
        self.carried = 0

    def go_on(self, stop: threading.Event) -> None:
        """Deliver what is due, as it becomes due, until ``stop`` is set."""
        while not stop.is_set():
            self._woken.clear()
            try:
                busy = self.step()
            except Exception:  # whatever it is: no letter would leave any more
                log.exception("letters could not be looked after")
                busy = False
            if not busy:
                self._woken.wait(self._pause())
        self.close()

    def finish(self) -> int:
        """Deliver what is due now; return how many letters were carried."""
        carried = self.carried
        while True:
            self._woken.clear()
            if not self.step():
                if not self._flying and not self._landed:
                    return self.carried - carried
                self._woken.wait(LOOK)

    def close(self) -> None:
        """Wait for what is on its way, and note it."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._note(self._back())

    def step(self) -> bool:
        """Note what came back and send what is due; say whether there was any of it."""
        landed = self._back()
        with self._node.db.look() as session:
            seen = due.look(session, self._node.clock.now())
        free = self._hands - self._flying
        ended = give_up(self._node) if seen.is_late else 0
        if not landed and not (seen.is_due and free > 0):
            return bool(ended)
        runs = self._in_one(landed, free)
        for run in runs:
            self._flying += 1
            self._pool.submit(self._carry, run)
        return bool(landed or runs or ended)

    def _in_one(self, landed: Sequence[Landed], free: int) -> list[Run]:
        """Note and take in one transaction; if that fails, note each by itself and take nothing."""
        try:
            with self._node.db.write() as session:
                note(self._node, session, landed)
                return take(self._node, session, free)
        except Exception:
            if not landed:
                raise
            log.exception("letters could not be noted together", runs=len(landed))
            self._note(landed)
            return []

    def _note(self, landed: Sequence[Landed]) -> None:
        for each in landed:
            try:
                with self._node.db.write() as session:
                    note(self._node, session, [each])
            except Exception:
                # It is sent once more, later: the other node takes it only once.
                log.exception("letters could not be noted", host=each.run.host)
                with self._node.db.write() as session:
                    give_back(session, each, self._node.clock.now() + AGAIN)

    def _back(self) -> list[Landed]:
        landed = list[Landed]()
        while self._landed:
            landed.append(self._landed.popleft())
        self._flying -= len(landed)
        self.carried += sum(len(each.told) for each in landed)
        return landed

    def _carry(self, run: Run) -> None:
        try:
            self._landed.append(carry(self._node, self._way, run, time.monotonic))
        except BaseException:
            self._landed.append(Landed(run, ()))
            raise
        finally:
            self._woken.set()

    def _pause(self) -> float:
        with self._node.db.look() as session:
            now = self._node.clock.now()
            seen = due.look(session, now)
        if seen.is_due and not self._flying:  # another process has this host in its hands
            return SOON
        if seen.next_at is None:
            return LOOK
        return max(0.0, min(LOOK, (seen.next_at - now).total_seconds()))
