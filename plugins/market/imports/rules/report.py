"""What became, or would become, of every row of an import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .....core.values import Message

Fact = str | int | None
"""What a column of the database holds of a producer or product, ready for JSON."""


class Outcome(StrEnum):
    """How a row ends; there is no sixth way."""

    MADE = "made"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of something that stands already, before and after the row."""

    field: str
    before: Fact
    after: Fact


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What one row does, and why.

    ``facts`` is what to write of something made. ``subject_id`` is what stands in the database and
    is meant by the row; ``first_line`` the earlier line of this file that the row repeats or
    completes. A row that completes what an earlier line makes has no ``subject_id`` yet.
    """

    line: int
    outcome: Outcome
    name: str
    reasons: tuple[Message, ...] = ()
    incomplete: bool = False
    subject_id: int | None = None
    first_line: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()

    @property
    def before(self) -> dict[str, Fact]:
        return {change.field: change.before for change in self.changes}

    @property
    def after(self) -> dict[str, Fact]:
        return {change.field: change.after for change in self.changes}

    def to_json(self, say: Callable[[Message], str] = str) -> dict[str, object]:
        """Return the row for a script; ``reason`` is empty where there is none to give."""
        return {
            "line": self.line,
            "outcome": str(self.outcome),
            "name": self.name,
            "reason": " ".join(map(say, self.reasons)),
            "incomplete": self.incomplete,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of every row in the order of the file, and notes on what is no row."""

    rows: tuple[RowOutcome, ...]
    notes: tuple[Message, ...] = ()

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """The rows of each outcome, and how many of what is kept lack their place."""
        counts = {str(outcome): self.count(outcome) for outcome in Outcome}
        return counts | {"incomplete": sum(row.incomplete for row in self.rows)}

    def to_json(self, say: Callable[[Message], str] = str) -> dict[str, object]:
        """Return the counts and, under ``rows``, one entry a row."""
        return {**self.counts, "rows": [row.to_json(say) for row in self.rows]}
