"""`wizzle import …`: producers and goods from files, with a report on every row."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from .....core.cli import show_json, the_node
from .....core.errors import Refused
from .....core.node import Node
from ...catalog.actions import Hand
from ...catalog.rules import TaxClass
from .. import queries
from ..actions import Done, import_producers, import_products, undo_import
from ..rules import Table
from ..tables import read_table
from .report import Speech, print_report, print_undone

Take = Callable[[Session, Table, str, Hand], Done]

_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_dry_run = click.option("--dry-run", is_flag=True, help="Say what would happen and do nothing.")
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group("import")
def import_group() -> None:
    """Take in producers and goods from CSV, TSV, XLSX or ODS.

    Exit code: 0 if every row was taken or stood already, 1 if a row was refused (the others are
    taken), 2 if the file cannot be read or used.
    """


@import_group.command()
@_file
@_dry_run
@_json
def producers(file: Path, dry_run: bool, as_json: bool) -> None:
    """Make a page for every producer of a list."""

    def take(session: Session, table: Table, name: str, hand: Hand) -> Done:
        return import_producers(session, table, file_name=name, hand=hand)

    _run("producers", file, take, dry_run=dry_run, as_json=as_json)


@import_group.command()
@_file
@click.option("--producer", help="Whose goods these are, for a file that does not say it.")
@click.option(
    "--tax", type=click.Choice(list(TaxClass)), help="The tax class of rows that do not say it."
)
@_dry_run
@_json
def products(
    file: Path, producer: str | None, tax: TaxClass | None, dry_run: bool, as_json: bool
) -> None:
    """Offer the goods of a catalogue."""

    def take(session: Session, table: Table, name: str, hand: Hand) -> Done:
        sellers = (
            [queries.named_seller(session, producer)]
            if producer
            else queries.known_sellers(session)
        )
        return import_products(session, table, sellers=sellers, file_name=name, hand=hand, tax=tax)

    _run("products", file, take, dry_run=dry_run, as_json=as_json)


@import_group.command()
@click.argument("number", type=int)
@_json
def undo(number: int, as_json: bool) -> None:
    """Take an import back: what it made goes, what it changed is as before."""
    node = the_node()
    speech = Speech(node)
    try:
        with node.db.write() as session:
            undone = undo_import(session, number, hand=_hand(node))
    except Refused as error:
        _give_up(speech.say(error.message), as_json)
    print_undone(undone, speech, as_json=as_json)


@import_group.command("list")
@_json
def list_(as_json: bool) -> None:
    """List the last imports."""
    node = the_node()
    with node.db.read() as session:
        rows = [dict(row._mapping) for row in queries.imports(session)]
    if as_json:
        show_json(rows)
    for row in rows if not as_json else ():
        counts = ", ".join(f"{count} {name}" for name, count in row["counts"].items() if count)
        state = "undone" if row["undone_at"] else counts
        click.echo(f"{row['id']:>4}  {row['at']:%Y-%m-%d %H:%M}  {row['file_name']}  {state}")


def _run(kind: str, file: Path, take: Take, *, dry_run: bool, as_json: bool) -> None:
    node = the_node()
    speech = Speech(node)
    try:
        table = read_table(file, file.name)
        done = _taken(node, table, file.name, take, dry_run)
    except Refused as error:
        _give_up(speech.say(error.message), as_json)
    about = {"kind": kind, "file": file.name, "dry_run": dry_run}
    print_report(done.report, speech, None if dry_run else done.id, about, as_json=as_json)
    if done.report.counts["refused"]:
        sys.exit(1)


def _taken(node: Node, table: Table, name: str, take: Take, dry_run: bool) -> Done:
    with node.db.write() as session:
        done = take(session, table, name, _hand(node))
        if dry_run:
            session.rollback()
    return done


def _hand(node: Node) -> Hand:
    # Whoever works at the machine brings the sellers' own price lists: these set prices.
    return Hand(node.clock.now(), None, sets_price=True)


def _give_up(reason: str, as_json: bool) -> Any:
    if as_json:
        show_json({"error": reason})
    else:
        click.echo(reason, err=True)
    sys.exit(2)
