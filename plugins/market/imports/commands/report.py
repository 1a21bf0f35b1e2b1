"""Reports of imports on the terminal: for a person row by row, for a script as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from .....core.cli import show_json
from .....core.node import Node
from .....core.values import Message
from ..actions import Undone
from ..rules import Outcome, Report

_MARKS = {
    Outcome.MADE: "+",
    Outcome.CHANGED: "~",
    Outcome.UNCHANGED: "=",
    Outcome.REPEATED: '"',
    Outcome.REFUSED: "!",
}
_COUNTS = {
    "made": Message("%(num)s made", {}),
    "changed": Message("%(num)s changed", {}),
    "unchanged": Message("%(num)s unchanged", {}),
    "repeated": Message("%(num)s repeated", {}),
    "refused": Message("%(num)s refused", {}),
    "incomplete": Message("%(num)s incomplete", {}),
    "removed": Message("%(num)s removed", {}),
    "restored": Message("%(num)s as before", {}),
    "taken_off": Message("%(num)s off the list", {}),
    "kept": Message("%(num)s kept", {}),
}


class Speech:
    """Says messages in the first language of the node."""

    def __init__(self, node: Node) -> None:
        self._tongue = node.catalogues.tongue(node.settings.node.languages[0])

    def say(self, message: Message) -> str:
        return self._tongue.say(message)

    def counts(self, counts: Mapping[str, int]) -> str:
        """Return counts in a row, without those that are nothing."""
        said = [self._count(name, count) for name, count in counts.items() if count]
        return ", ".join(said) or self.say(Message("nothing", {}))

    def _count(self, name: str, count: int) -> str:
        return self.say(replace(_COUNTS[name], values={"num": count}))


def print_report(
    report: Report,
    speech: Speech,
    number: int | None,
    about: Mapping[str, Any],
    *,
    as_json: bool,
) -> None:
    """Print what became of every row; ``number`` is None for a dry run."""
    if as_json:
        notes = [speech.say(note) for note in report.notes]
        show_json({"import": number, **about, "notes": notes, **report.to_json(speech.say)})
        return
    for row in report.rows:
        reasons = " ".join(map(speech.say, row.reasons))
        place = speech.say(Message("place missing", {})) if row.incomplete else ""
        told = " · ".join(filter(None, (row.name, reasons, place)))
        click.echo(f"{row.line:>5} {_MARKS[row.outcome]} {told}")
    for note in report.notes:
        click.echo(speech.say(note))
    click.echo(speech.counts(report.counts))
    if number is None:
        click.echo(speech.say(Message("A dry run: nothing was written.", {})))
    else:
        undo = Message("To take it back: wizzle import undo %(number)s", {"number": number})
        click.echo(speech.say(undo))


def print_undone(undone: Undone, speech: Speech, *, as_json: bool) -> None:
    """Print how every row was taken back."""
    if as_json:
        rows = [
            {
                "line": row.line,
                "name": row.name,
                "outcome": row.outcome,
                "reason": speech.say(row.reason) if row.reason else "",
            }
            for row in undone.rows
        ]
        show_json({"import": undone.id, **undone.counts, "rows": rows})
        return
    for row in undone.rows:
        if row.reason:
            click.echo(f"{row.line:>5} {row.name} · {speech.say(row.reason)}")
    click.echo(speech.counts(undone.counts))
