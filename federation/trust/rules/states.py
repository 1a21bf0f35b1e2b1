"""How a node stands to another one, and which steps lead from where to where."""

from __future__ import annotations

NOTED = "noted"
ASKED_BY_US = "asked_by_us"
ASKED_BY_THEM = "asked_by_them"
JOINED = "joined"
PAUSED = "paused"
ENDED = "ended"
BLOCKED = "blocked"
REFUSED = "refused"

STATES = (ASKED_BY_THEM, ASKED_BY_US, JOINED, PAUSED, NOTED, REFUSED, ENDED, BLOCKED)
"""In the order in which a list shows them: what waits for us comes first."""

STEPS = {
    "ask": (NOTED, ENDED, REFUSED, ASKED_BY_US),
    "accept": (ASKED_BY_THEM,),
    "refuse": (ASKED_BY_THEM, NOTED),
    "withdraw": (ASKED_BY_US,),
    "pause": (JOINED,),
    "resume": (PAUSED,),
    "end": (JOINED, PAUSED),
    "block": (NOTED, ASKED_BY_US, ASKED_BY_THEM, JOINED, PAUSED, ENDED, REFUSED),
    "unblock": (BLOCKED,),
}
"""What a steward can do, and the states in which it can be done."""

OPEN = (JOINED, PAUSED)
"""States of a tie that stands, whether or not anything is taken or given now."""


def steps(state: str) -> tuple[str, ...]:
    """Return what a steward can do with a peer in this state."""
    return tuple(step for step, states in STEPS.items() if state in states)


def may_follow(state: str) -> bool:
    """Say whether a node in this state may ask to be joined."""
    return state not in (BLOCKED, PAUSED)
