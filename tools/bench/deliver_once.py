"""Deliveries in a process of its own: `python -m bench.deliver_once <count>` prints what they cost.

Of the node of WIZZLE_HOME; ends when so many letters have arrived, whatever else waits.
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
    clock, cpu = time.perf_counter(), time.process_time()
    threading.Thread(target=crew.go_on, args=(stop,), daemon=True).start()
    found = 0
    while found < count and time.perf_counter() - clock < _LONGEST:
        time.sleep(0.02)
        with node.db.look() as session:
            found = int(session.scalar(arrived) or 0) - before
    took, used = time.perf_counter() - clock, time.process_time() - cpu
    print(json.dumps({"count": found, "seconds": took, "cpu": used}), flush=True)
    os._exit(0)  # what waits for a dead node is not waited for


if __name__ == "__main__":
    main(int(sys.argv[1]))
