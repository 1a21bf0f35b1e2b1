"""`wizzle deposits`: a bank's list of deposits, with a line on every row."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ....core.cli import show_json, the_node
from ....core.errors import WizzleError
from ....core.node import Node
from ....core.values import Message
from . import queries
from .actions import take_file
from .schemas import read_file

_REFUSED = "refused"


@click.command("deposits")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def deposits_command(file: Path, as_json: bool) -> None:
    """Take in a bank's list of deposits: CSV, XLSX or ODS.

    Exit code: 0 if every row was read, 1 if a row could not be, 2 if the file cannot be used.
    """
    node = the_node()
    tongue = node.catalogues.tongue(node.settings.node.languages[0])
    try:
        brought = read_file(file.name, file.read_bytes())
        with node.db.write() as session:
            made = take_file(
                node, session, brought.table, name=brought.name, digest=brought.digest,
                actor_id=None,
            )  # fmt: skip
    except WizzleError as error:
        click.echo(tongue.say(error.message), err=True)
        sys.exit(2)
    rows = _rows(node, made)
    if as_json:
        show_json({"file": made, "rows": [{**row, "why": str(row["why"])} for row in rows]})
    else:
        for row in rows:
            click.echo(f"{row['line']:>5}  {row['outcome']:<14} {tongue.say(row['why'])}")
    if any(row["outcome"] == _REFUSED for row in rows):
        sys.exit(1)


def _rows(node: Node, file_id: int) -> list[dict[str, Any]]:
    """Return line, outcome and reason of every row, in the order of the file."""
    with node.db.read() as session:
        found = queries.bank_file(session, file_id)
        taken = queries.deposits_of_file(session, file_id, limit=found.rows + 1)
    rows = [
        {"line": line, "outcome": outcome, "why": Message(text, values)}
        for line, outcome, text, values in found.rest
    ]
    rows += [
        {"line": row.line, "outcome": row.state, "why": Message(row.why, row.named)}
        for row in taken
    ]
    return sorted(rows, key=lambda row: row["line"])
