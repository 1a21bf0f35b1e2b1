"""`wizzle trade`: orders with other nodes, and the statements of months with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click
from sqlalchemy.orm import Session

from ....core import ledger
from ....core.cli import show_json, the_node
from ....core.errors import WizzleError
from ....core.values import told_message
from ..orders import queries as orders
from . import queries
from .actions import make_statement, mirror, say_again
from .models import NettingStatement


@click.group("trade")
def trade_group() -> None:
    """Orders and money between this node and others."""


@trade_group.command("statement")
@click.argument("host")
@click.option("--month", required=True, help="The month to state, like 2026-11.")
@click.option("--so-far", is_flag=True, help="Do not wait for its end: what is booked by now.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def statement_command(host: str, month: str, so_far: bool, as_json: bool) -> None:
    """State a month with the node HOST and send it; the same one is not made twice.

    Exit code: 0 if it stands, 2 if it cannot be made.
    """
    node = the_node()
    try:
        with node.db.write() as session:
            made = make_statement(node, session, host, month, so_far=so_far)
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


@trade_group.command("books")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def books_command(as_json: bool) -> None:
    """Show what this node owes every other one (below 0: is owed), and the months stated with it.

    Exit code: 1 if the account that mirrors a node's says something else than the events.
    """
    node = the_node()
    with node.db.read() as session:
        found = [_book(session, each) for each in queries.balances(session)]
    if as_json:
        show_json(found)
    else:
        click.echo("\n".join(_shown(found)))
    if any(each["owed"] != each["ledger"] for each in found):
        sys.exit(1)


def _book(session: Session, balance: queries.Balance) -> dict[str, Any]:
    statements = queries.statements_of(session, balance.host, limit=24)
    return {
        "host": balance.host,
        "owed": balance.owed,
        "ledger": ledger.balance(session, mirror(balance.host)),
        "waiting": balance.waiting,
        "statements": [{"made_here": each.made_here, **_as_json(each)} for each in statements],
    }


def _shown(found: list[dict[str, Any]]) -> Iterator[str]:
    for each in found:
        yield f"{each['host']:40} {each['owed']:>15,} {each['ledger']:>15,}"
        for told in each["statements"]:
            hand = "ours" if told["made_here"] else "theirs"
            yield (
                f"  {told['month']} ({told['number']}) {hand:6} {told['state']:8} "
                f"{told['closing']:>15,}  {told['digest'][:16]}"
            )


@trade_group.command("payments")
@click.argument("host")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def payments_command(host: str, as_json: bool) -> None:
    """List the last events of the book with the node HOST, with their numbers."""
    with the_node().db.read() as session:
        found = [
            {
                "id": each.id,
                "kind": each.kind,
                "state": each.state,
                "made_here": each.made_here,
                "amount": each.amount,
                "reference": each.reference,
                "problem": str(told_message(each.problem) or ""),
            }
            for each in queries.bookings_of(session, host)
        ]
    if as_json:
        show_json(found)
        return
    for row in found:
        hand = "ours" if row["made_here"] else "theirs"
        click.echo(
            f"{row['id']:>6} {row['kind']:<10} {hand:6} {row['state']:<8} {row['amount']:>15,}  "
            f"{row['reference']} {row['problem']}".rstrip()
        )


@trade_group.command("say-again")
@click.argument("event", type=int)
def say_again_command(event: int) -> None:
    """Tell the other node once more of the event with this number (`wizzle trade payments`)."""
    node = the_node()
    try:
        with node.db.write() as session:
            say_again(node, session, event, actor_id=None)
    except WizzleError as error:
        raise click.ClickException(str(error)) from error
    click.echo("It is on its way to the other node again.")


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
                "problem": str(told_message(order.problem) or ""),
            }
            for order in orders.open_orders(session, limit=1_000)
        ]
    if as_json:
        show_json({"orders": found})
        return
    for row in found:
        click.echo(f"{row['id']:>6}  {row['due']}  {row['state']:<10} {row['with']}  {row['name']}")
