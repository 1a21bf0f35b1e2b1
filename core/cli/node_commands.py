"""The core's own commands: make a node, migrate, run, work, and look into it."""

from __future__ import annotations

from typing import Any

import click

from .. import ledger
from ..work import work_once
from . import serving
from .choices import choices_group
from .init import init
from .languages import languages
from .node import bring_up_to_date, home_of_node, show_json, the_node, waiting_revisions
from .search_commands import search_group
from .tokens import tokens


@click.command()
def migrate() -> None:
    """Bring the database to the state that this version and its plugins need."""
    node = the_node()
    applied = bring_up_to_date(node)
    for revision in applied:
        click.echo(f"applied {revision}")
    click.echo("The database is up to date.")


@click.command()
@click.option("--host", help="Address to listen on instead of the one in node.toml.")
@click.option("--port", type=click.IntRange(0, 65_535), help="Port instead of node.toml's.")
@click.option("--note", multiple=True, hidden=True, help="A line to print when it serves.")
def run(host: str | None, port: int | None, note: tuple[str, ...]) -> None:
    """Serve the website, with the worker in it, until Ctrl-C."""
    node = the_node()
    if node.db.is_sqlite:
        bring_up_to_date(node)
    elif waiting := waiting_revisions(node):
        raise click.ClickException(f"run `wizzle migrate` first: {', '.join(waiting)}")
    serving.serve(node, host=host, port=port, notes=note)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now and stop.")
def worker(once: bool) -> None:
    """Do the jobs of the outbox: mail, and whatever else waits."""
    node = the_node()
    serving.warn(node)
    if once:
        click.echo(f"{work_once(node)} jobs")
    else:
        serving.work_on(node)


@click.command()
def examples() -> None:
    """Load the example content: producers, goods, a hub, a running cycle, people."""
    node = the_node()
    bring_up_to_date(node)
    steps = sorted(node.host.collect("example_steps", node=node), key=lambda step: step.order)
    for step in steps:
        with node.db.write() as session:
            step.load(node, session)
        click.echo(f"  {step.title}")


@click.group(name="ledger")
def ledger_group() -> None:
    """Look into the books."""


@ledger_group.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(as_json: bool) -> None:
    """Prove the chain and the trial balance, or say where they break (exit 1)."""
    node = the_node()
    with node.db.read() as session:
        found = ledger.verify(session)
    if as_json:
        show_json({"ok": found.ok, "entries": found.entries, "postings": found.postings,
                   "total": found.total, "head": found.head, "breaks": found.breaks})  # fmt: skip
    elif found.ok:
        click.echo(f"The ledger holds: {found.postings} postings, {found.entries} entries, sum 0.")
    else:
        click.echo("\n".join(["The ledger does not hold:", *found.breaks]))
    if not found.ok:
        raise SystemExit(1)


@click.command()
def plugins() -> None:
    """List the plugins in use, in the order in which they are heard."""
    for loaded in the_node().host.plugins:
        click.echo(f"{loaded.name:12} {loaded.plugin.version:8} {loaded.plugin.titles.ko}")


@click.command()
def hooks() -> None:
    """List every hook with the plugins that answer it."""
    node = the_node()
    for name, heard in _listeners(node).items():
        click.echo(f"{name:18} {', '.join(heard) or '-'}")


def _listeners(node: Any) -> dict[str, list[str]]:
    callers = {name: getattr(node.hooks, name) for name in dir(node.hooks) if name[0] != "_"}
    return {
        name: [implementation.plugin_name for implementation in reversed(caller.get_hookimpls())]
        for name, caller in sorted(callers.items())
    }


@click.command()
def where() -> None:
    """Print the folder of the node that commands here work on."""
    click.echo(home_of_node())


COMMANDS = (
    init, migrate, run, worker, examples, ledger_group, search_group, plugins, hooks, languages,
    where, choices_group, tokens,
)  # fmt: skip
