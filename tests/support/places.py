"""Where throw-away files of tests lie best."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

SHARED = Path("/dev/shm")
ENOUGH = 2 * 1024**3
"""Bytes that must be free there: a run needs some hundred megabytes at a time."""


def in_memory() -> tuple[str, ...]:
    """Return the folder that lies in memory, if there is one with room.

    A new database for each test is some two hundred files; on a disk that is busy they take ten
    times as long as all that the test does with them.
    """
    usable = SHARED.is_dir() and os.access(SHARED, os.W_OK | os.X_OK)
    return (str(SHARED),) if usable and shutil.disk_usage(SHARED).free > ENOUGH else ()
