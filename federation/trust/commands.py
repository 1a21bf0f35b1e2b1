"""`wizzle keys …`: the keys of this node, on the command line."""

from __future__ import annotations

import click

from ...core.cli import show_json, the_node
from .actions import keys


@click.group("keys")
def keys_group() -> None:
    """The keys with which this node signs what it sends to others."""


@keys_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_keys(*, as_json: bool) -> None:
    """Show all keys and their states; private halves are never shown."""
    node = the_node()
    keys.published(node)  # made at first need
    with node.db.read() as session:
        rows = [
            {"name": key.name, "state": key.state, "made_at": f"{key.made_at:%Y-%m-%d %H:%M}"}
            for key in keys.listed(session)
        ]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        click.echo(f"{row['name']:<12} {row['state']:<10} {row['made_at']}")


@keys_group.command("rotate")
@click.option("--now", is_flag=True, help="Sign with the new keys at once: the old are known.")
def rotate_keys(*, now: bool) -> None:
    """Make new keys beside the old ones; they sign in two days."""
    keys.rotate(the_node(), now=now)
    click.echo("They sign from now on." if now else "They sign in two days.")
