"""`wizzle keys …` and `wizzle peers …`: the same as the steward's pages, for the command line."""

from __future__ import annotations

from typing import Any

import click

from ...core.cli import show_json, the_node
from ...core.errors import NotFound, Refused
from ...core.node import Node
from .actions import keys, ties
from .actions.looking import look
from .queries import peers as queries
from .rules.hosts import host_form


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


@click.group("peers")
def peers_group() -> None:
    """Other nodes, and how this one stands to them."""


@peers_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_peers(*, as_json: bool) -> None:
    """Show the nodes that are known here."""
    with the_node().db.read() as session:
        rows = [_row(peer) for peer in queries.listed(session, limit=1_000)]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        click.echo(f"{row['host']:<40} {row['state']:<14} {row['name']} {row['fingerprint']}")


def _row(peer: Any) -> dict[str, Any]:
    names = ("host", "state", "name", "region", "software", "fingerprint", "since", "contact_at",
             "skew")  # fmt: skip
    return {name: getattr(peer, name) for name in names}


@peers_group.command("ask")
@click.argument("host")
@click.option("--yes", is_flag=True, help="Do not ask whether these are the right keys.")
def ask(host: str, *, yes: bool) -> None:
    """Look at a node and ask it to be joined."""
    node = the_node()
    kept = host_form(host)
    if kept is None:
        raise Refused("Please write the address of a node: wanju.example")
    face = look(node, kept)
    click.echo(f"{face.name} · {face.region} · {face.software}\n{face.fingerprint}")
    if not yes:
        click.confirm("Ask this node to be joined?", abort=True)
    with node.db.write() as session:
        peer_id = ties.note(session, node, face).id
        ties.step(node, session, peer_id, "ask", person_id=None)
    click.echo("Asked.")


def _step(name: str, words: str) -> click.Command:
    @click.argument("host")
    def run(host: str) -> None:
        _take(the_node(), host, name)
        click.echo("Done.")

    return click.command(name, help=words)(run)


def _take(node: Node, host: str, name: str) -> None:
    with node.db.write() as session:
        found = queries.by_host(session, host_form(host) or "")
        if found is None:
            raise NotFound("There is no such node here.")
        ties.step(node, session, found.id, name, person_id=None)


for _name, _words in (
    ("accept", "Accept a node that asks to be joined."),
    ("refuse", "Refuse a node that asks to be joined."),
    ("pause", "Take and give nothing for a while."),
    ("resume", "Go on with a node that was paused."),
    ("block", "Shut a node out."),
    ("unblock", "Do not shut a node out any more."),
):
    peers_group.add_command(_step(_name, _words))


@peers_group.command("end")
@click.argument("host")
@click.option("--yes", is_flag=True, help="End it although something is still open.")
def end(host: str, *, yes: bool) -> None:
    """End the tie to a node; what is still open with it is listed first."""
    node = the_node()
    with node.db.read() as session:
        found = ties.matters(node, session, host_form(host) or "")
    for matter in found:
        click.echo(f"{matter.title}: {node.settings.node.address}{matter.url}")
    if found and not yes:
        click.confirm("Something is still open. End it all the same?", abort=True)
    _take(node, host, "end")
    click.echo("Done.")


COMMANDS = (keys_group, peers_group)
