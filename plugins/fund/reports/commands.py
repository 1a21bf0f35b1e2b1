"""Counting the fund's books again, from the command line."""

from __future__ import annotations

import click

from ....core.cli import the_node
from ..earmarks.actions import write_sums
from .actions import check
from .queries.periods import zone_of


@click.command("recount")
@click.option("--write", is_flag=True, help="Write the sums of months as they were counted.")
def recount(write: bool) -> None:
    """Count the ledger, its trial balance and the sums of all months again (exit 1 if wrong).

    What was found stands on the auditor's page. Sums are wrong after the node was given another
    time zone, or if something was posted past the fund: --write puts them right.
    """
    node = the_node()
    if write:
        with node.db.write() as session:
            click.echo(f"{write_sums(session, zone_of(node))} sums were written anew.")
    found = check(node)
    if found.wrong:
        raise click.ClickException(f"The books do not hold:\n{found.wrong}")
    click.echo(f"The books hold: {found.entries} entries, {found.months} months.")
