"""Postings to be made: entries that sum to zero, each in whole won."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

HELD_BY_US = frozenset({"cash", "bank"})
"""Kinds of account that hold money; all others say to whom it belongs."""


class LedgerError(Exception):
    """A posting that would break the books: a mistake in the program, never in what was typed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A posting to be made: ``entries`` are pairs of account code and won that sum to zero."""

    key: str
    subject: str
    memo: str
    entries: tuple[tuple[str, int], ...]
    actor_id: int | None = None
    reverses_id: int | None = None

    def __post_init__(self) -> None:
        if not self.entries or sum(amount for _, amount in self.entries) != 0:
            raise LedgerError(f"the entries of {self.key} do not sum to zero: {self.entries}")
        if any(amount == 0 or type(amount) is not int for _, amount in self.entries):
            raise LedgerError(f"an entry of {self.key} is not a whole amount: {self.entries}")


_LONGEST = 60
"""How long the code of an account may be."""


def account(kind: str, owner: int | str | None = None) -> str:
    """Return the code of an account: ("producer", 12) is "producer:12", ("fund",) is "fund".

    The owner is an id, or the host of another node: ("peer", "wanju.example"). A host too long for
    a code is cut, and told apart by its digest.
    """
    if owner is None:
        return kind
    code = f"{kind}:{owner}"
    if len(code) <= _LONGEST:
        return code
    mark = sha256(code.encode()).hexdigest()[:16]
    return f"{code[: _LONGEST - 17]}~{mark}"


def sign(code: str) -> int:
    """Return by what a balance is multiplied so that it is positive as people see it."""
    return 1 if code.partition(":")[0] in HELD_BY_US else -1
