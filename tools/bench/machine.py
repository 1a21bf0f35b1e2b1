"""What processes cost, from /proc: their CPU time, their memory, and what all others used."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_IDLE = (3, 4)
"""Which fields of /proc/stat's first line count no work: idle, and waiting for the disk."""
_GUEST = 8
"""From this field on /proc/stat counts again what is in the fields before."""

CORES = os.cpu_count() or 1


@dataclass
class Used:
    """What a block cost: seconds of the clock, CPU seconds by process tree, and by all others."""

    seconds: float = 0.0
    cpu: dict[int, float] = field(default_factory=dict)
    others: float = 0.0

    @property
    def others_share(self) -> float:
        """The part of the whole machine that processes other than ours used, from 0 to 1."""
        return self.others / (self.seconds * CORES) if self.seconds else 0.0


@contextmanager
def watch(pids: Sequence[int] = ()) -> Iterator[Used]:
    """Measure a block: the trees of these processes, and all that is not of our own tree."""
    used = Used()
    ours, all_, started = cpu_of(os.getpid()), _busy(), time.monotonic()
    before = {pid: cpu_of(pid) for pid in pids}
    yield used
    used.cpu = {pid: cpu_of(pid) - before[pid] for pid in pids}
    used.seconds = time.monotonic() - started
    used.others = max(0.0, (_busy() - all_) - (cpu_of(os.getpid()) - ours))


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process and of all that descend from it, ended ones included."""
    return sum(_ticks(each) for each in tree(pid)) / _TICK


def tree(pid: int) -> list[int]:
    """Return the process and those that live below it."""
    parents = _parents()
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += [child for child, parent in parents.items() if parent == found[-1]]
    return found


def pss_of(pid: int) -> float:
    """Return the memory of a process and its tree in MB, what they share counted once."""
    return sum(_pss(each) for each in tree(pid)) / 1024


def wait_until_idle(pids: Sequence[int], *, patience: float = 20.0) -> None:
    """Wait until these trees have stopped working, so that no request spoils what comes next."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with watch(pids) as used:
            time.sleep(0.1)
        if sum(used.cpu.values()) <= 0.01:
            return


def _parents() -> dict[int, int]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            stat = _stat(int(folder.name))
            if stat:
                found[int(folder.name)] = int(stat[1])
    return found


def _ticks(pid: int) -> int:
    stat = _stat(pid)
    return sum(map(int, stat[11:15])) if stat else 0


def _stat(pid: int) -> list[str]:
    """Return /proc/<pid>/stat from the state on: the name before it may hold blanks."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _busy() -> float:
    with open("/proc/stat") as file:
        fields = [int(text) for text in file.readline().split()[1:]]
    worked = [n for place, n in enumerate(fields[:_GUEST]) if place not in _IDLE]
    return sum(worked) / _TICK


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
