"""`make bench`: speed and size as ratios against the bare limit of this machine, in one run."""

import sys

# structlog draws with rich wherever it finds it. A node has none; the tools for tests bring it.
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
