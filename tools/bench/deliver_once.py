"""Deliveries in a process of its own: `python -m bench.deliver_once <count>` prints what they cost.

Of the node of WIZZLE_HOME; ends when so many letters have arrived, whatever else waits. What is
loaded for the first tenth of them, libraries, keys and connections, is not counted.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time

from sqlalchemy import func, select

from wizzle.federation.delivery.actions.crew import Crew
from wizzle.federation.delivery.actions.signed_way import SignedWay
from wizzle.federation.delivery.models import Sent

from .site import node_here

_LONGEST = 120.0


def main(count: int) -> None:
    """Deliver until ``count`` letters more have arrived."""
    node = node_here()
    arrived = select(func.count()).where(Sent.state == "arrived")
    with node.db.look() as session:
        before = int(session.scalar(arrived) or 0)
    crew, stop = Crew(node, SignedWay()), threading.Event()
    threading.Thread(target=crew.go_on, args=(stop,), daemon=True).start()
    until, found, first = time.perf_counter() + _LONGEST, 0, 0
    clock, cpu = time.perf_counter(), time.process_time()
    while found < count and time.perf_counter() < until:
        time.sleep(0.02)
        with node.db.look() as session:
            found = int(session.scalar(arrived) or 0) - before
        if not first and found >= count // 10:
            clock, cpu, first = time.perf_counter(), time.process_time(), found
    told = {
        "arrived": found,
        "count": found - first,
        "seconds": time.perf_counter() - clock,
        "cpu": time.process_time() - cpu,
    }
    print(json.dumps(told), flush=True)
    os._exit(0)  # what waits for a dead node is not waited for


if __name__ == "__main__":
    main(int(sys.argv[1]))
