"""The urn: all ballots of a vote as one text, in an order that only their content makes.

It holds how often each ballot was cast and nothing else: no voter, no time, no number, no sequence.
Whatever the order in which they came, the same ballots make the same text.
"""

from __future__ import annotations

import json
from collections import Counter

Choices = tuple[int, ...]
Urn = Counter[tuple[Choices, bool]]
"""How often each ballot lies in it: the numbers of its projects, and whether it was on paper."""

BLOCK = 4_096
"""Its length goes up by so many bytes at a time, so as not to tell how long the last ballot was."""


def written(urn: Urn) -> bytes:
    """Return an urn as text."""
    lines = sorted([list(choices), on_paper, count] for (choices, on_paper), count in urn.items())
    text = json.dumps(lines, separators=(",", ":")).encode()
    return text.ljust(-(-(len(text) + 1) // BLOCK) * BLOCK)


def read(text: bytes) -> Urn:
    """Return the urn that ``written`` wrote; an empty text is an empty one."""
    lines = json.loads(text) if text.strip() else []
    return Counter({(tuple(choices), on_paper): count for choices, on_paper, count in lines})
