"""What holds of comments and reactions whoever asks: no session, no request."""

from __future__ import annotations

from ....core.values import Message

LONGEST = 1_000
A_DAY, A_DAY_OF_NEWCOMERS = 200, 20

REACTIONS = {
    "thanks": Message("Thank you", {}),
    "together": Message("I join in", {}),
    "cheer": Message("Keep it up", {}),
    "warm": Message("That warms my heart", {}),
}
"""Words for which no counting is done in public."""
