"""`wizzle trade`: orders with other nodes, and the statements of months with them."""

from __future__ import annotations

import sys

import click

from ....core.cli import show_json, the_node
from ....core.errors import WizzleError
from ..orders import queries as orders
from .actions import make_statement
from .models import NettingStatement


@click.group("trade")
def trade_group() -> None:
    """Orders and money between this node and others."""


@trade_group.command("statement")
@click.argument("host")
@click.option("--month", required=True, help="The month to state, like 2026-11.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def statement_command(host: str, month: str, as_json: bool) -> None:
    """State a month with the node HOST and send it; the same one is not made twice.

    Exit code: 0 if it stands, 2 if it cannot be made.
    """
    node = the_node()
    try:
        with node.db.write() as session:
            made = make_statement(node, session, host, month)
    except WizzleError as error:
        tongue = node.catalogues.tongue(node.settings.node.languages[0])
        click.echo(tongue.say(error.message), err=True)
        sys.exit(2)
    if as_json:
        show_json(_as_json(made))
        return
    click.echo(f"{made.host} {made.month} ({made.number}): {made.state}")
    click.echo(f"{'opening':8} {made.opening:>15,}")
    for id_, amount in made.events:
        click.echo(f"{'':8} {amount:>15,}  {id_}")
    click.echo(f"{'closing':8} {made.closing:>15,}")


def _as_json(made: NettingStatement) -> dict[str, object]:
    return {
        "host": made.host,
        "month": made.month,
        "number": made.number,
        "state": made.state,
        "opening": made.opening,
        "closing": made.closing,
        "events": [{"id": id_, "amount": amount} for id_, amount in made.events],
        "digest": made.digest,
        "differing": made.differing,
    }


@trade_group.command("orders")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def orders_command(as_json: bool) -> None:
    """List the orders with other nodes that are not at an end."""
    node = the_node()
    with node.db.read() as session:
        found = [
            {
                "id": order.id,
                "side": order.side,
                "with": order.peer_host,
                "name": order.peer_name,
                "due": order.due_on.isoformat(),
                "state": order.state,
                "problem": order.problem,
            }
            for order in orders.open_orders(session, limit=1_000)
        ]
    if as_json:
        show_json({"orders": found})
        return
    for row in found:
        click.echo(f"{row['id']:>6}  {row['due']}  {row['state']:<10} {row['with']}  {row['name']}")
