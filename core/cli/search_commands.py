"""Commands that look after what can be found."""

from __future__ import annotations

import click

from .. import search
from .node import the_node


@click.group(name="search")
def search_group() -> None:
    """Look after what can be found."""


@search_group.command()
def rebuild() -> None:
    """Read everything anew, a slice at a time; the site is searched as before meanwhile."""
    node = the_node()
    search.begin_anew(node)
    count = search.keep_up(node)
    click.echo(f"Read anew: {count:,} steps.")
