"""What an answer of another node means for the letter that it was given to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from .schedule import PATIENCE

ARRIVED = "arrived"
LATER = "later"
SLOWLY = "slowly"
DEAD = "dead"

REFUSED, GONE, LATE, ENDED, SETTLED = "refused", "gone", "late", "ended", "settled"
"""Why a letter was given up: the node refused it, has no such inbox, did not answer in time, is not
tied to us any more, or a steward settled the matter by hand."""

TELLING = 300
"""Letters of an answer that are kept, for the steward who looks for the reason."""

_BUSY = frozenset({429, 503})
_UNSIGNED = frozenset({401, 403})
_PASSING = frozenset({408, 425, 429})
_MISSING = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Answer:
    """What another node answered; ``status`` 0: nothing, and ``text`` says why.

    ``wait`` is how long it asks to be left alone (``Retry-After``).
    """

    status: int
    text: str = ""
    wait: timedelta | None = None

    @property
    def told(self) -> str:
        """The answer in a few words, as it is kept."""
        words = " ".join(self.text.split())[:TELLING]
        return f"{self.status} {words}".strip() if self.status else words

    @property
    def misses_inbox(self) -> bool:
        """Whether the inbox may have moved: the actor is to be asked for once more."""
        return self.status in _MISSING or 300 <= self.status < 400


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a letter: ``end`` is arrived, later, slowly or dead.

    ``fault``: it counts against the host. ``wait``: the host wants to be left alone so long.
    """

    end: str
    reason: str = ""
    fault: bool = False
    wait: timedelta | None = None


def judge(answer: Answer) -> Verdict:
    """Return what an answer means; of an inbox that is missing, after it was looked for anew."""
    status = answer.status
    if 200 <= status < 300:
        return Verdict(ARRIVED)
    if status in _BUSY and answer.wait is not None:
        return Verdict(LATER, wait=min(answer.wait, PATIENCE))
    if status in _PASSING:
        return Verdict(LATER, fault=status == 408)
    if status < 200 or status >= 500:
        return Verdict(LATER, fault=True)
    if status in _UNSIGNED:
        return Verdict(SLOWLY)
    return Verdict(DEAD, GONE if answer.misses_inbox else REFUSED)
