"""`wizzle peers …`: the same as the steward's pages of other nodes, for the command line."""

from __future__ import annotations

from typing import Any

import click

from ...core.cli import show_json, the_node
from ...core.errors import NotFound, Refused
from ...core.node import Node
from .. import delivery
from ..trust import peers as queries
from ..trust import ties
from ..trust.actions.looking import look
from ..trust.rules.hosts import host_form

MOST = 1_000
"""Nodes that are listed."""


@click.group("peers")
def peers_group() -> None:
    """Other nodes, and how this one stands to them."""


@peers_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_peers(*, as_json: bool) -> None:
    """Show the nodes that are known here, and what waits for each."""
    node = the_node()
    with node.db.read() as session:
        found = queries.listed(session, limit=MOST)
        waits = delivery.waiting(session, [peer.host for peer in found], node.clock.now())
        rows = [_row(peer, waits[peer.host]) for peer in found]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        click.echo(_line(row))


def _row(peer: Any, waits: Any) -> dict[str, Any]:
    names = ("host", "state", "name", "region", "software", "fingerprint", "since", "contact_at",
             "skew")  # fmt: skip
    told = {name: getattr(peer, name) for name in names}
    waiting = {"waiting": waits.waiting, "not_delivered": waits.dead,
               "waiting_since": waits.since, "quiet_until": waits.quiet_until}  # fmt: skip
    return told | waiting


def _line(row: dict[str, Any]) -> str:
    heard = f"{row['contact_at']:%Y-%m-%d %H:%M}" if row["contact_at"] else "never"
    skew = f" clock {row['skew']:+}s" if row["skew"] else ""
    waits = f" waiting {row['waiting']}" if row["waiting"] else ""
    dead = f" not delivered {row['not_delivered']}" if row["not_delivered"] else ""
    told = f"heard {heard}{skew}{waits}{dead}"
    return f"{row['host']:<40} {row['state']:<14} {told:<40} {row['name']} {row['fingerprint']}"


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
