"""How a node stands to another one, and which steps lead from where to where."""

from __future__ import annotations

ALLOW_LIST, OPEN_TO_ALL = "allow_list", "open"
"""Whom a node talks to: those it is joined with, or everyone who is not shut out."""

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

WAITING = (NOTED, ASKED_BY_THEM)
"""States that somebody else can bring about, so that how many there are is bounded."""

OPEN = (JOINED, PAUSED)
"""States of a tie that stands, whether or not anything is taken or given now."""

STEPS = {
    "ask": (NOTED, ENDED, REFUSED, ASKED_BY_US),
    "accept": (ASKED_BY_THEM,),
    "refuse": (ASKED_BY_THEM, NOTED),
    "withdraw": (ASKED_BY_US,),
    "pause": (JOINED,),
    "resume": (PAUSED,),
    "end": OPEN,
    "block": tuple(state for state in STATES if state != BLOCKED),
    "unblock": (BLOCKED,),
}
"""What a steward can do, and the states in which it can be done."""

_JOINING = frozenset({"Follow", "Undo"})
_ANSWERS = frozenset({"Accept", "Reject"})
_BROUGHT = {
    NOTED: _JOINING,
    ASKED_BY_US: _JOINING | _ANSWERS,
    ASKED_BY_THEM: _JOINING,
    ENDED: _JOINING | _ANSWERS,
    REFUSED: _JOINING | _ANSWERS,
}
_SENT = {
    ASKED_BY_US: _JOINING,
    ASKED_BY_THEM: _ANSWERS,
    REFUSED: _ANSWERS | _JOINING,
    ENDED: _ANSWERS | _JOINING,
}
_NOTHING: frozenset[str] = frozenset()

PUBLIC = frozenset(
    {"Follow", "Undo", "Accept", "Reject", "Create", "Update", "Delete", "Announce", "Like"}
)
"""What may be said about what everyone may read, also by who is not joined, if that is let in."""


def steps(state: str) -> tuple[str, ...]:
    """Return what a steward can do with a peer in this state."""
    return tuple(step for step, states in STEPS.items() if state in states)


def may_bring(state: str | None, kind: str, *, is_open: bool = False, public: bool = False) -> bool:
    """Say whether a node may send us an activity of this kind; ``state`` None: it is unknown here.

    Before a tie stands there is only the talk of making one. ``is_open``: this node talks to all.
    ``public``: all may follow what is public here, and what they bring is asked about nothing else.
    """
    if state in (BLOCKED, PAUSED):
        return False
    if public and kind in PUBLIC:
        return True
    return state == JOINED or is_open or kind in _BROUGHT.get(state or NOTED, _NOTHING)


def may_send(state: str | None, kind: str, *, is_open: bool = False, public: bool = False) -> bool:
    """Say whether we send a node an activity of this kind; what is paused waits with us.

    ``public``: it says only what everyone may read, and all may follow that here.
    """
    if state == BLOCKED:
        return False
    if public and kind in PUBLIC:
        return True
    return state in OPEN or is_open or kind in _SENT.get(state or NOTED, _NOTHING)
