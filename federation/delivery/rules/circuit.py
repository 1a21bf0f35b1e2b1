"""The circuit of a host: after several failures in a row it is left alone for a while."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FAILURES = 5
"""As many failures within the span open the circuit."""

SPAN = timedelta(minutes=5)
SHUT = timedelta(minutes=1)
LONGEST = timedelta(hours=1)

CONNECTIONS = 4
"""Connections to one host at the same time."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """How a host did lately: ``failures`` in a row, the first of them at ``since``.

    ``opened`` counts how often in a row it had to be left alone; nothing is sent before
    ``quiet_until``. What the host sends to us says nothing of what it receives, and closes nothing.
    """

    failures: int = 0
    since: datetime | None = None
    opened: int = 0
    quiet_until: datetime | None = None

    def is_quiet(self, now: datetime) -> bool:
        return self.quiet_until is not None and now < self.quiet_until

    def room(self, now: datetime) -> int:
        """Return how many connections it may have: one while it is on probation."""
        if self.is_quiet(now):
            return 0
        return 1 if self.failures or self.opened else CONNECTIONS

    @property
    def is_probing(self) -> bool:
        """Whether the next letter is a probe, after which it is seen whether others follow."""
        return self.opened > 0


CLOSED = Circuit()


def after_failure(circuit: Circuit, now: datetime) -> Circuit:
    """Return the circuit after the host did not answer, or not as a host in order does."""
    if circuit.is_quiet(now):  # what was on its way when it opened counts no more
        return circuit
    if circuit.opened:
        return _opened(circuit, now)
    if circuit.since is None or now - circuit.since > SPAN:
        return replace(circuit, failures=1, since=now, quiet_until=None)
    failed = replace(circuit, failures=circuit.failures + 1)
    return _opened(failed, now) if failed.failures >= FAILURES else failed


def after_answer(circuit: Circuit, wait: timedelta | None, now: datetime) -> Circuit:
    """Return the circuit after the host answered; ``wait``: it asked to be left alone so long."""
    if wait is None or wait <= timedelta(0):
        return CLOSED
    return replace(circuit, quiet_until=now + wait)


def _opened(circuit: Circuit, now: datetime) -> Circuit:
    shut = min(SHUT * 2 ** min(circuit.opened, 10), LONGEST)
    return replace(
        circuit, failures=0, since=None, opened=circuit.opened + 1, quiet_until=now + shut
    )
