"""A storm between two nodes on this machine, for as long as one likes: `make storm`.

Two nodes in processes of their own trade with each other while requests between them are lost,
doubled, delayed and answered by others, while they are killed where they stand, and while their
clocks are wrong by minutes and jump. People order, count, weigh, pay, correct and state the month;
stewards pause the other node and renew keys (but for ``--tame``). Then it becomes calm, and both
books are compared. The exit status is 1 if anything is wrong, and the folder with both nodes stays
then. A seed says the dice, not the moments at which processes do something: the same one does not
give the very same storm.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from support.postgres import Server, start_server
from support.storm import proof
from support.storm.storm import Storm


def main() -> int:
    asked = _asked()
    home = Path(tempfile.mkdtemp(prefix="wizzle-storm-"))
    print(f"seed {asked.seed}, {asked.seconds:.0f} seconds, in {home}", flush=True)
    with ExitStack() as closing:
        urls = {"wanju": _postgres(closing)} if asked.postgres else {}
        begun = time.monotonic()

        def say(what: str) -> None:
            if asked.verbose:
                print(f"{time.monotonic() - begun:7.2f} {what}", flush=True)

        storm = closing.enter_context(Storm(home / "nodes", asked.seed, urls, not asked.tame, say))
        storm.rage(asked.seconds)
        print(f"calm after {time.monotonic() - begun:.0f} s; {storm.waiting()}", flush=True)
        storm.calm()
        faults = storm.judge()
        _tell(storm)
    print("\n".join(faults) or "Nothing was lost, nothing was doubled.")
    if not faults:
        shutil.rmtree(home)
    return 1 if faults else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="storm")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--postgres", action="store_true", help="the farm's node on PostgreSQL")
    parser.add_argument("--tame", action="store_true", help="without pauses and new keys")
    parser.add_argument("--verbose", action="store_true", help="say who does what")
    return parser.parse_args()


def _postgres(closing: ExitStack) -> str:
    server = start_server()
    if not isinstance(server, Server):
        sys.exit(server.reason)
    closing.callback(server.stop)
    return closing.enter_context(server.database())


def _tell(storm: Storm) -> None:
    """Print what happened and how the orders ended."""
    states = Counter(order.state for order in proof.orders(storm.gangbuk).values())
    for name, counted in (
        ("happened", storm.happened), ("requests", storm.weather.seen), ("orders", states)
    ):  # fmt: skip
        print(f"{name}: " + ", ".join(f"{what} {n}" for what, n in counted.most_common()))


if __name__ == "__main__":
    sys.exit(main())
