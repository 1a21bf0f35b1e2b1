"""Makes `python tools/bench` the package `bench`, with the tests' PostgreSQL beside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    roads = [str(ROOT / "tools"), str(ROOT / "tests")]
    sys.path[0:1] = roads
    # The servers that are measured and the client are processes of their own, with the same roads.
    os.environ["PYTHONPATH"] = os.pathsep.join(roads)
    # A node that was installed is compiled. A checkout is, unless somebody's shell forbids it.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

    from bench.command import main

    sys.exit(main())
