"""Comparing what a row says with what stands already, in the database or further up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .....core.values import Message
from .columns import Columns
from .report import Change, Fact, Outcome, RowOutcome

_CODES = frozenset({"allergens", "certification"})
"""What is kept as codes is not shown as it is kept."""


@dataclass(slots=True)
class Standing:
    """Something that a row may mean: ``line`` is the row of this file that spoke of it first."""

    facts: dict[str, Fact]
    subject_id: int | None = None
    line: int | None = None


def refused(line: int, name: str, *reasons: Message) -> RowOutcome:
    """Return the outcome of a row that is not taken."""
    return RowOutcome(line, Outcome.REFUSED, name, reasons)


def made(line: int, name: str, facts: Mapping[str, Fact]) -> RowOutcome:
    """Return the outcome of a row that brings something new."""
    return RowOutcome(line, Outcome.MADE, name, (Message("New.", {}),), facts=facts)


def meet(
    standing: Standing, line: int, name: str, said: Mapping[str, Fact], columns: Columns
) -> RowOutcome:
    """Return what a row does to something that stands; ``said`` are the fields that it gives.

    An empty cell says nothing and clears nothing. A second row of the same file may fill what the
    first left empty, but not contradict it: nobody could know which of them is right.
    """
    changes = tuple(
        Change(field, standing.facts.get(field, ""), fact)
        for field, fact in said.items()
        if standing.facts.get(field, "") != fact
    )
    first, standing.line = standing.line, standing.line or line
    if first is not None and any(change.before != "" for change in changes):
        return refused(line, name, _contradiction(first, changes, columns))
    standing.facts.update(said)
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    reasons = tuple(_told(change, columns) for change in changes) or (Message("No change.", {}),)
    if first is not None:
        repeats = Message("Line %(first)s has this already.", {"first": first})
        completes = Message("Completes line %(first)s.", {"first": first})
        outcome = outcome if changes else Outcome.REPEATED
        reasons = (completes, *reasons) if changes else (repeats,)
    return RowOutcome(
        line,
        outcome,
        name,
        reasons,
        subject_id=standing.subject_id,
        first_line=first,
        changes=changes,
    )


def _contradiction(first: int, changes: tuple[Change, ...], columns: Columns) -> Message:
    names = ", ".join(columns.name(change.field) for change in changes if change.before != "")
    return Message(
        "Line %(first)s says something else: %(columns)s.", {"first": first, "columns": names}
    )


def _told(change: Change, columns: Columns) -> Message:
    """Say a change in plain values only, so that the sentence can be kept as JSON."""
    before, after = (_shown(fact) for fact in (change.before, change.after))
    if change.field in _CODES:
        return Message("%(column)s: changed.", {"column": columns.name(change.field)})
    text = {
        (None, change.after): "%(column)s: on demand → %(after)s.",
        (change.before, None): "%(column)s: %(before)s → on demand.",
        ("exempt", "taxed"): "%(column)s: tax-exempt → taxed.",
        ("taxed", "exempt"): "%(column)s: taxed → tax-exempt.",
        ("piece", "weight"): "%(column)s: by the piece → by weight.",
        ("weight", "piece"): "%(column)s: by weight → by the piece.",
        ("", change.after): "%(column)s: %(after)s.",
    }.get((change.before, change.after), "%(column)s: %(before)s → %(after)s.")
    values = {"column": columns.name(change.field), "before": before, "after": after}
    return Message(text, {name: value for name, value in values.items() if f"({name})" in text})


def _shown(fact: Fact) -> str:
    shown = f"{fact:,}" if isinstance(fact, int) else str(fact or "")
    return shown if len(shown) <= 60 else shown[:59] + "…"
