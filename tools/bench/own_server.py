"""`wizzle …` as a node has it: `python -m bench.own_server run --port 8000`."""

from __future__ import annotations

from wizzle.core.cli import main

if __name__ == "__main__":
    main()
