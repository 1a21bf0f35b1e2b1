"""When a letter is tried again, and until when: by what the other node answered."""

from __future__ import annotations

from datetime import datetime, timedelta

STEPS = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 1_800, 3_600))
"""How long to wait after each failed try; the first one is made at once."""

LATER = timedelta(hours=2)
"""How long to wait after every further one."""

LASTS = timedelta(hours=72)
"""How long a letter is tried at all, unless it says itself until when it holds."""

PATIENCE = timedelta(hours=6)
"""As long as this we wait if the other node asks for it (``Retry-After``), and no longer."""

SLOWLY = 3
"""The step at which we begin when the other node does not accept our signature: somebody there or
here has to repair something first, a clock or a list."""

JITTER = 0.2
"""How much a wait may be shorter or longer, so that letters do not all come at once."""


def wait_after(tries: int, chance: float, *, slowly: bool = False) -> timedelta:
    """Return how long to wait after the ``tries``-th failed try (1 is the first).

    ``chance`` from 0 to 1 says where between -20 % and +20 % it lies.

    >>> wait_after(1, 0.5), wait_after(7, 0.5)
    (datetime.timedelta(seconds=5), datetime.timedelta(seconds=7200))
    """
    step = tries - 1 + (SLOWLY if slowly else 0)
    whole = STEPS[step] if step < len(STEPS) else LATER
    return whole * (1 + JITTER * (2 * chance - 1))


def ends_at(written_at: datetime, until: datetime | None) -> datetime:
    """Return when a letter is given up that has not arrived by then."""
    return written_at + LASTS if until is None else min(until, written_at + LASTS)
