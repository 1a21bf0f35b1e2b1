"""Letters on the command line: which wait or were given up, send one again, settle one."""

from __future__ import annotations

import click

from ...core.cli import show_json, the_node
from ...core.errors import WizzleError
from .actions import settling
from .queries import letters as found

MOST = 200


@click.group(name="letters")
def letters() -> None:
    """Look after letters to other nodes."""


@letters.command(name="list")
@click.option("--state", type=click.Choice(found.STATES), help="Only those in this state.")
@click.option("--host", default="", help="Only those for this node.")
@click.option("--before", type=int, help="Only those with a lower number.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_letters(state: str | None, host: str, before: int | None, as_json: bool) -> None:
    """List letters, the newest first."""
    with the_node().db.read() as session:
        rows = found.letters(session, state=state or "", host=host, before=before, limit=MOST)
        told = [
            {
                "id": row.id, "state": row.state, "host": row.host, "kind": row.kind,
                "lane": row.lane, "tries": row.tries, "due_at": row.due_at,
                "written_at": row.written_at, "answer": row.answer,
            }
            for row in rows
        ]  # fmt: skip
    if as_json:
        show_json(told)
        return
    for each in told:
        click.echo("{id:>6} {state:8} {host:30} {kind:10} {tries:>3} {answer}".format(**each))


@letters.command()
@click.argument("letter_id", type=int)
def again(letter_id: int) -> None:
    """Send a letter again."""
    node = the_node()
    try:
        with node.db.write() as session:
            settling.send_again(node, session, letter_id, person_id=None)
    except WizzleError as error:
        raise click.ClickException(str(error)) from error
    click.echo("It will be sent in a moment.")


@letters.command()
@click.argument("letter_id", type=int)
@click.argument("reason")
def settle(letter_id: int, reason: str) -> None:
    """Note that a letter's matter was settled by hand, and how."""
    node = the_node()
    try:
        with node.db.write() as session:
            settling.settle(node, session, letter_id, reason=reason, person_id=None)
    except WizzleError as error:
        raise click.ClickException(str(error)) from error
    click.echo("It is settled.")
