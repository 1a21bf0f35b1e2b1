"""`wizzle round simulate`: play a whole round on a throw-away database and show the money."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from ....core.cli import show_json
from ....core.testing import FixedClock, make_node
from .actions import hurry, new_database, play
from .rules import Outcome


@click.group(name="round")
def round_group() -> None:
    """Work with rounds of orders."""


@round_group.command()
@click.option("--residents", type=click.IntRange(1, 10_000), default=200, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same plays the same.")
@click.option("--database", help="URL of a PostgreSQL database instead of a file of SQLite.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def simulate(residents: int, seed: int, database: str | None, as_json: bool) -> None:
    """Play one whole round with made-up people and show who gets what (exit 1 if it is wrong).

    Nothing of this node is touched: the round is played on a database of its own, which is thrown
    away.
    """
    if database is not None and not database.startswith("postgresql"):
        raise click.BadParameter(
            "must be the URL of a PostgreSQL database", param_hint="--database"
        )
    found = _played(residents, seed, database)
    if as_json:
        show_json(found.as_dict())
    else:
        click.echo(_table(found, residents, seed))
    if not found.holds:
        raise SystemExit(1)


def _played(residents: int, seed: int, database: str | None) -> Outcome:
    with (
        tempfile.TemporaryDirectory(prefix="wizzle-") as folder,
        new_database(database, Path(folder)) as url,
    ):
        clock = FixedClock()
        node = make_node(Path(folder), url=url, clock=clock, seed=seed)
        hurry(node.db)
        try:
            return play(node, clock, residents=residents, seed=seed)
        finally:
            node.close()


def _table(found: Outcome, residents: int, seed: int) -> str:
    money = (
        ("paid by residents", found.paid),
        ("given back", -found.refunded),
        ("producers", found.producers),
        ("activist", found.activist),
        ("centre", found.centre),
        ("difference", found.difference),
        ("in the fund", found.fund),
        ("deposits for boxes", found.in_deposits),
        ("on accounts", found.on_accounts),
    )
    counts = ", ".join(
        f"{name.replace('_', ' ')} {count}" for name, count in vars(found.counts).items()
    )
    return "\n".join(
        [
            f"One round, {residents} residents, seed {seed}",
            *(f"  {name:<20}{amount:>14,} won" for name, amount in money),
            f"Lines settled: {found.lines}. Oversold: {found.oversold}. "
            f"The ledger {'holds' if found.ledger_ok else 'DOES NOT HOLD'}.",
            f"What happened: {counts}.",
        ]
    )
