"""The inboxes, and the steward's pages of letters and of what came in."""

from __future__ import annotations

from ....core.answers import Rule
from ....core.values import STEWARD
from . import inboxes, letters, received
from .access import INBOX, LETTERS

RULES = (Rule(INBOX, everyone=True), Rule(LETTERS, roles=frozenset({STEWARD})))

__all__ = ["RULES", "inboxes", "letters", "received"]
