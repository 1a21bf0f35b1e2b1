"""`wizzle choices`: what stewards chose on the pages, also where a choice keeps the node from
starting."""

from __future__ import annotations

import os

import click

from ... import node_config
from ..opening import judge
from .node import home_of_node, refuse


@click.group(name="choices", invoke_without_command=True)
@click.pass_context
def choices_group(ctx: click.Context) -> None:
    """List what stewards chose on the pages, the newest first; only the newest holds."""
    if ctx.invoked_subcommand is not None:
        return
    home = home_of_node()
    for version in node_config.versions(home):
        click.echo(f"{version.number:6} {version.at:%Y-%m-%d %H:%M} UTC")
        if version.number == node_config.newest(home):
            for key in sorted(node_config.read_chosen(home).keys):
                click.echo(f"       {key}")


@choices_group.command()
@click.argument("number", type=click.IntRange(0), required=False)
def undo(number: int | None) -> None:
    """Go back to a version, the one before the newest unless NUMBER is given; 0 is node.toml
    alone."""
    home = home_of_node()
    known = [0, *sorted(each.number for each in node_config.versions(home))]
    wanted = known[-2] if number is None and len(known) > 1 else number or 0
    if wanted not in known:
        raise click.ClickException(f"There is no version {wanted}.")
    try:
        made, _ = node_config.undo(home, os.environ, wanted, after=known[-1], judge=judge)
    except node_config.ConfigErrors as error:
        refuse(error.problems)
    click.echo(f"What holds now is version {made}, the same as {wanted}.")
